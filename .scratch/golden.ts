import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { junctionOrderOf, openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import { createSnap } from '@hexhail/streets/snap/snap.ts'

const sha = (x: any) => createHash('sha256').update(x).digest('hex').slice(0, 10)
const shaA = (a: any) => sha(new Uint8Array(a.buffer, a.byteOffset, a.byteLength)) + ':' + a.length
for (const name of ['porto', 'heidelberg', 'monaco', 'columbus']) {
  const city = openCity(new Uint8Array(readFileSync(`/tmp/dev/${name}.city`)))
  const { streets } = city
  for (const model of ['junctions', 'turns']) {
    const g: any = model === 'junctions' ? junctionGraph(streets) : turnGraph(streets)
    const entries: number[] = []
    for (let a = 0; a < g.endState.length; a++) {
      entries.push(-1, ...g.entryStates.subarray(g.entryFirst[a], g.entryFirst[a + 1]))
    }
    console.log(
      name,
      model,
      g.states,
      ...['firstOut', 'head', 'arc', 'turnDs', 'endState', 'xy', 'ties'].map(k => k + '=' + shaA(g[k])),
      'entries=' + shaA(Int32Array.from(entries)),
    )
    const order =
      model === 'junctions'
        ? junctionOrderOf(city, g.states)
        : name === 'porto'
          ? new Uint32Array(new Uint8Array(readFileSync('/tmp/dev/porto.turns.order')).buffer)
          : dissect(g)
    const h: any = buildHierarchy(g, order)
    console.log(
      '  hierarchy',
      ...Object.entries(h)
        .filter(([k, v]) => typeof v === 'object')
        .map(([k, v]) => k + '=' + shaA(v)),
    )
    const an: any = ancestorIndex(h),
      c: any = separatorTree(h)
    console.log('  ancestors', ...Object.entries(an).map(([k, v]) => k + '=' + shaA(v)))
    console.log(
      '  cells',
      ...Object.entries(c)
        .filter(([k, v]) => typeof v === 'object')
        .map(([k, v]) => k + '=' + shaA(v)),
    )
  }
  let x = 12345
  const rnd = () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0
    return x / 2 ** 32
  }
  const [w, s, e, n] = city.info.bounds
  const snap = createSnap(streets)
  let text = ''
  let nulls = 0
  for (let i = 0; i < 20000; i++) {
    const p = snap([w - 0.02 + rnd() * (e - w + 0.04), s - 0.02 + rnd() * (n - s + 0.04)])
    if (!p) nulls++
    text += JSON.stringify(p)
  }
  const { junctionXy } = streets
  for (let i = 0; i < 20000; i++) {
    const j = Math.floor((rnd() * junctionXy.length) / 2)
    text += JSON.stringify(
      snap([
        (junctionXy[2 * j]! + Math.floor(rnd() * 600) - 300) / 1e6,
        (junctionXy[2 * j + 1]! + Math.floor(rnd() * 600) - 300) / 1e6,
      ]),
    )
  }
  for (let j = 0; j < junctionXy.length / 2; j += 3)
    text += JSON.stringify(snap([junctionXy[2 * j]! / 1e6, junctionXy[2 * j + 1]! / 1e6]))
  console.log(name, 'snap', sha(text), text.length, nulls)
}
