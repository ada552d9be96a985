"""How near is a run to a recording of a real cluster? Ten figures from 0 to 1; 1 means that nobody could tell them apart.

A run never has the recording's names, addresses and milliseconds, and it must not: they are luck. So every figure first
forgets what is luck and then compares what is behaviour. Each tells of something that the others cannot see:

| figure | asks | catches |
| --- | --- | --- |
| events | is the same told, about the same things? | a component that is silent, or talks too much |
| counts | how often? | aggregation, back-off, the spam filter |
| order | in which order, where a second or more lies between? | effects before their causes |
| times | how long after the command? | delays, grace periods, back-offs |
| steps | which sizes did every ReplicaSet go through? | the arithmetic of a rollout |
| states | which conditions and container states did every object go through? | status writers: the kubelet first of all |
| numbers | the ups and downs of every count of a workload's status | too many Pods down at once, or created twice |
| places | how many Pods did each node get? | the scheduler |
| final | what stands in the objects at the end? | defaults, admission, forgotten fields |
| said | what did kubectl print, and the API answer? | tables, messages, exit codes |

A mean over all ten would hide more than it tells: a rollout with the wrong maxUnavailable loses in `numbers` alone.
"""

from gen.play.measure.report import FIGURES, Row, compare, compare_all, table

__all__ = ["FIGURES", "Row", "compare", "compare_all", "table"]
