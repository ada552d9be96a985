// The build's last step for the page's Python: let that Python itself compile the engine. node pack.mjs PYODIDE_FOLDER STAGE [LIBRARY]
//
// LIBRARY is a standard library that was packed before: Python starts much faster with it than with its own, which it has to compile.
import {pathToFileURL} from 'node:url';

const [folder, stage, library] = process.argv.slice(2);
const {loadPyodide} = await import(pathToFileURL(`${folder}/pyodide.mjs`));
try {
  const python = await loadPyodide({indexURL: folder, ...(library && {stdLibURL: library})});
  for (const [name, place] of Object.entries({stage, pyodide: folder})) {
    python.FS.mkdirTree(`/${name}`);
    python.mountNodeFS(`/${name}`, place);
  }
  python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/stage")
from pack import pack
pack("/stage", "/pyodide/python_stdlib.zip")
`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
