/**
 * Proves `contracts/proof/Ledger.sol` by solc's SMTChecker (the Z3 inside npm's solc):
 * `node contracts/tools/prove.ts`. Then takes one check out of it and must not be able to prove that.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CONTRACTS } from './forge.ts'

/** What the checker said: conditions proved, and each that it could not prove or found false. */
export interface Proof {
  readonly proved: number
  readonly open: readonly string[]
  readonly seconds: number
}

interface Message {
  readonly severity: string
  readonly message: string
  readonly formattedMessage: string
}

const PATH = join(CONTRACTS, 'proof', 'Ledger.sol')
/** The check that the broken variant lacks: what is due is at most what the trip holds. */
const CHECK = 'fare <= due && due <= held'

/** Asks the checker about the ledger; `broken` about the variant. No time limit: with one the wasm build aborts. */
export function prove(broken = false): Proof {
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string }
  const source = readFileSync(PATH, 'utf8')
  if (source.split(CHECK).length !== 2) throw new Error(`«${CHECK}» does not stand once in ${PATH}.`)
  const content = broken ? source.replace(CHECK, 'fare <= due') : source
  const modelChecker = {
    engine: 'bmc',
    targets: ['assert'],
    contracts: { 'Ledger.sol': ['Ledger'] },
    showProvedSafe: true,
    showUnproved: true,
  }
  const startMs = performance.now()
  const input = { language: 'Solidity', sources: { 'Ledger.sol': { content } }, settings: { modelChecker } }
  const { errors = [] } = JSON.parse(solc.compile(JSON.stringify(input))) as { errors?: Message[] }
  const fatal = errors.find(({ severity }) => severity === 'error')
  if (fatal) throw new Error(fatal.formattedMessage)
  const said = errors.filter(({ message }) => /^BMC: /.test(message))
  return {
    proved: said.filter(({ message }) => /check is safe/.test(message)).length,
    open: said.filter(({ message }) => !/check is safe/.test(message)).map(each => each.formattedMessage),
    seconds: Math.round((performance.now() - startMs) / 100) / 10,
  }
}

if (import.meta.main) {
  const proof = prove()
  console.log(`${proof.proved} conditions proved, ${proof.open.length} open (${proof.seconds} s)`)
  console.log(proof.open.join('\n'))
  const broken = prove(true)
  console.log(`Without «${CHECK}»: ${broken.open.length} open (${broken.seconds} s)`)
  if (proof.proved === 0 || proof.open.length > 0 || broken.open.length === 0) process.exitCode = 1
}
