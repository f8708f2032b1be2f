/** The command `hexhail`: every part of the network that is no page. */

import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Runnable } from './command.ts'
import { report } from './parent.ts'

const COMMANDS: Readonly<Record<string, readonly [about: string, load: () => Promise<Runnable>]>> = {
  demo: [
    'everything on this machine: chain, relays, audit node, city, fleet, three pages',
    async () => (await import('./commands/demo.ts')).demoCommand,
  ],
  relay: ['a relay of the network', async () => (await import('./commands/relay.ts')).relayCommand],
  matcher: [
    'a node that ranks drivers by road time',
    async () => (await import('./commands/matcher.ts')).matcherCommand,
  ],
  audit: [
    'an audit node: keeps sealed trip records',
    async () => (await import('./commands/audit.ts')).auditCommand,
  ],
  'audit sync': [
    "reads a vault's facts into a database",
    async () => (await import('./commands/audit-sync.ts')).auditSyncCommand,
  ],
  log: [
    'a public log of records and acts, and proofs of what stands in it',
    async () => (await import('./commands/log.ts')).logCommand,
  ],
  witness: ['signs logs that only grow', async () => (await import('./commands/witness.ts')).witnessCommand],
  'audit keys': [
    'the keys that records are sealed to, one a month',
    async () => (await import('./commands/audit-keys.ts')).auditKeysCommand,
  ],
  'audit run': [
    'asks every check of the trips in the database',
    async () => (await import('./commands/audit-run.ts')).auditRunCommand,
  ],
  'audit rule': [
    'an arbiter shares out what is disputed of a trip',
    async () => (await import('./commands/audit-rule.ts')).auditRuleCommand,
  ],
  'audit export': [
    'writes trips as MDS, HVFHV, TNP, CSV or Parquet, or open figures',
    async () => (await import('./commands/audit-export.ts')).auditExportCommand,
  ],
  'audit verify': [
    'confirms a finding by its evidence file alone',
    async () => (await import('./commands/audit-verify.ts')).auditVerifyCommand,
  ],
  city: [
    'builds a city from OpenStreetMap data',
    async () => (await import('./commands/city.ts')).cityCommand,
  ],
  bus: ['buses of a timetable as peers', async () => (await import('./commands/bus.ts')).busCommand],
  'transit serve': [
    'what buses gossip, as a GTFS-Realtime feed',
    async () => (await import('./commands/transit-serve.ts')).transitServeCommand,
  ],
  'transit feed': [
    "gossips an agency's GTFS-Realtime feed",
    async () => (await import('./commands/transit-feed.ts')).transitFeedCommand,
  ],
  'transit permit': [
    'an authority lists an operator of its transit',
    async () => (await import('./commands/transit-permit.ts')).transitPermitCommand,
  ],
  deploy: ['puts the contracts on a chain', async () => (await import('./commands/deploy.ts')).deployCommand],
  bond: [
    'money beside a session key, so that busy relays hear it',
    async () => (await import('./commands/bond.ts')).bondCommand,
  ],
  levy: [
    "collects a tariff's levy for its authority",
    async () => (await import('./commands/levy.ts')).levyCommand,
  ],
  permit: [
    'decides applications at a permit office',
    async () => (await import('./commands/permit.ts')).permitCommand,
  ],
  tariff: [
    'tariff documents: lint, diff, simulate, sign, publish, MDS',
    async () => (await import('./commands/tariff.ts')).tariffCommand,
  ],
  chain: [
    'a local chain with the contracts on it',
    async () => (await import('./commands/chain.ts')).chainCommand,
  ],
}

/** Faults of the command line itself: exit code 2, as of other programs. */
const USAGE: ReadonlySet<string> = new Set(['no-command', 'unknown-option', 'bad-value', 'stray-word'])

/** How long a finished command may go on holding handles. */
const LINGER_MS = 250

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length))
  const rows = Object.entries(COMMANDS).map(([name, [about]]) => `  ${name.padEnd(width)}  ${about}`)
  return (
    'Hexhail: hail a ride with no company in between.\n\n' +
    'npm start -- [options of demo]\nnpm run hexhail -- <command> [options]\n\n' +
    `${rows.join('\n')}\n\nnpm run hexhail -- <command> --help says more about one of them.\n`
  )
}

async function main(line: readonly string[]): Promise<void> {
  const [first = 'help', second = ''] = line
  if (first === 'help' || first === '--help' || first === '-h') return void process.stdout.write(help())
  // A command of two words, like «audit sync», comes before one of its first word.
  const pair = Object.hasOwn(COMMANDS, `${first} ${second}`)
  const name = pair ? `${first} ${second}` : first
  const argv = line.slice(pair ? 2 : 1)
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]![1] : null
  if (load === null)
    throw new HexhailError('no-command', `There is no command «${name}»: see npm run hexhail -- help.`)
  const command = await load()
  if (argv.includes('--help') || argv.includes('-h')) return void process.stdout.write(command.help())
  await command.start(argv)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const known = error instanceof HexhailError
  report({ type: 'fault', message: known ? error.message : String(error) })
  if (!known) console.error(error)
  process.exitCode = known && USAGE.has(error.code) ? 2 : 1
}
// Neither the parent's channel nor a forgotten handle may keep a process alive that has nothing to do.
if (process.connected) process.removeAllListeners('disconnect').disconnect()
setTimeout(() => process.exit(), LINGER_MS).unref()
