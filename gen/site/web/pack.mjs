// The build's last step for the page's Python: let that Python itself compile the engine. node pack.mjs PYODIDE_FOLDER STAGE
import {pathToFileURL} from 'node:url';

const [folder, stage] = process.argv.slice(2);
const {loadPyodide} = await import(pathToFileURL(`${folder}/pyodide.mjs`));
try {
  const python = await loadPyodide({indexURL: folder});
  python.FS.mkdirTree('/stage');
  python.mountNodeFS('/stage', stage);
  python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/stage/engine")
from gen.site.pack import pack
pack("/stage")
`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
