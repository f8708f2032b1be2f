import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { command } from '../command.ts'
import { diffVerb, lintVerb, mdsVerb, simulateVerb } from '../tariff-look.ts'
import { publishVerb, signVerb } from '../tariff-publish.ts'
import type { Print, TariffVerb } from '../tariff-verb.ts'

const VERBS: Readonly<Record<string, TariffVerb>> = {
  lint: lintVerb,
  diff: diffVerb,
  simulate: simulateVerb,
  sign: signVerb,
  publish: publishVerb,
  mds: mdsVerb,
}

/** `hexhail tariff VERB FILE`: tariff documents from draft to chain. */
export const tariffCommand = command({
  usage: 'tariff lint|diff|simulate|sign|publish|mds FILE',
  about:
    'lint      complaints about a tariff document, each with its place and remedy; prints the hash when there are none\n' +
    'diff      what changed since --previous, and what three typical rides cost by both\n' +
    'simulate  what past --trips would bring: riders, drivers, levy, by area and hour; with --previous by both\n' +
    'sign      puts the signature of HEXHAIL_KEY (32 bytes, hex) under it, for the chain of --addresses\n' +
    'publish   signs where it is not signed, gives it to the audit node (--audit), publishes each class on the chain\n' +
    'mds       the part that MDS 2.0 Policy and Geography can say, into the folder --out; what it cannot is listed\n' +
    'Exit code: 0 done, 1 a fault, 2 a command line that is not understood, 3 lint found something.',
  words: 2,
  options: {
    previous: { kind: 'text', value: null, shown: 'FILE', help: 'the version before' },
    trips: {
      kind: 'text',
      value: null,
      shown: 'FILE',
      help: 'past trips: CSV of the authority page, or NDJSON',
    },
    bounds: { kind: 'text', value: null, shown: 'W,S,E,N', help: 'frame of the jurisdiction, degrees (mds)' },
    out: { kind: 'text', value: null, shown: 'PATH', help: 'where the result goes' },
    addresses: {
      kind: 'text',
      value: 'addresses.json',
      shown: 'FILE',
      help: 'chain and contracts, as deploy wrote it',
    },
    audit: {
      kind: 'text',
      value: null,
      shown: 'URL',
      help: 'the audit node that serves the document (publish)',
    },
    json: { kind: 'flag', help: 'one JSON object a line' },
  },
  async run(options, [verb = '', file]) {
    const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (run === undefined)
      throw new HexhailError(
        'stray-word',
        `«${verb}» is none of ${Object.keys(VERBS).join(', ')}: see --help.`,
      )
    if (file === undefined) throw new HexhailError('stray-word', `Name a file: hexhail tariff ${verb} FILE.`)
    const print: Print = (text, json) =>
      void process.stdout.write(`${options.json ? JSON.stringify(json, plainNumbers) : text}\n`)
    process.exitCode = await run(file, options, print)
  },
})

/** Money as decimal text: a double may not hold it. */
const plainNumbers = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value
