import { installInto } from '../npm-rivals.ts'

/** The rivals from npm: exact versions, asked for only here. */
const NGRAPH = ['ngraph.path@1.6.1', 'ngraph.graph@20.1.2']
const VALHALLA = ['@valhallajs/valhallajs@3.6.1']

/** Which rivals are there. */
export interface Rivals {
  readonly ngraph: boolean
  readonly valhalla: boolean
}

/** Installs the rivals into `dir`, unless they are there; what is refused is said in one line. */
export function installRivals(dir: string): Rivals {
  return { ngraph: installInto(dir, NGRAPH, VALHALLA), valhalla: installInto(dir, VALHALLA, NGRAPH) }
}
