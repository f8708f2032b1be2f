import { readFileSync } from 'node:fs'
import { importAuditKey } from '@hexhail/audit/audit-key.ts'
import { openApplication } from '@hexhail/permits/application.ts'
import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { decodeJwt } from '@hexhail/permits/jwt.ts'
import { paperEndS } from '@hexhail/permits/office-desk.ts'
import { createOfficerClient, type OfficerClient } from '@hexhail/permits/officer-client.ts'
import { type Entry, REASONS, type Reason } from '@hexhail/permits/register.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { command } from '../command.ts'
import { CONCESSION_DEEDS, concessionDeed, isConcessionDeed } from '../concession-deed.ts'

const DEEDS = [
  ...(['list', 'issue', 'refuse', 'suspend', 'reinstate', 'revoke', 'status-list'] as const),
  ...CONCESSION_DEEDS,
] as const

/** `hexhail permit`: an officer's deeds at a permit office, one JSON object a line. */
export const permitCommand = command({
  usage: `permit ${DEEDS.join('|')} [ID]`,
  about:
    'Lists the applications at a permit office and decides them. ID is that of an application, as list gives it;\n' +
    'concession-… does the same for claims of reduced fares.\n' +
    'Writes one JSON object a line; exits with 1 and one line on stderr when the office refuses.',
  words: 2,
  options: {
    url: { kind: 'text', value: 'http://127.0.0.1:7020', shown: 'URL', help: 'the office' },
    key: {
      kind: 'text',
      value: '.hexhail/audit/key.json',
      shown: 'FILE',
      help: 'the authority’s key that applications are sealed to',
    },
    reason: { kind: 'text', value: 'other', shown: REASONS.join('|'), help: 'of refuse, suspend and revoke' },
    days: { kind: 'integer', value: 365, min: 1, max: 1_825, help: 'how long an issued permit lasts' },
  },
  async run({ url, key, reason, days }, [deed = '', id]) {
    if (!DEEDS.includes(deed as (typeof DEEDS)[number]))
      throw new HexhailError('bad-value', `«${deed}» is no deed: ${DEEDS.join(', ')}.`)
    if (deed === 'status-list') return print(await statusListOf(url))
    if (!REASONS.includes(reason as Reason))
      throw new HexhailError('bad-value', `--reason is one of ${REASONS.join(', ')}, not «${reason}».`)
    const pair = await pairFrom(key)
    const office = createOfficerClient({
      url,
      key: () => pair,
      fetch,
      now: Date.now,
      random: size => crypto.getRandomValues(new Uint8Array(size)),
    })
    if (isConcessionDeed(deed)) {
      const terms = { reason: reason as Reason, untilS: Math.floor(Date.now() / 1_000) + days * 86_400, pair }
      for (const line of await concessionDeed(office, deed, id, terms)) print(line)
      return
    }
    if (deed === 'list') {
      for (const entry of await office.list()) print(await shown(entry, pair))
      return
    }
    if (id === undefined)
      throw new HexhailError('bad-value', `${deed} needs the ID of an application: see list.`)
    print(await shown(await decide(office, deed, id, { reason: reason as Reason, days, pair }), pair))
  },
})

const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

async function decide(
  office: OfficerClient,
  deed: string,
  id: string,
  { reason, days, pair }: { reason: Reason; days: number; pair: CryptoKeyPair },
): Promise<Entry> {
  if (deed === 'refuse') return office.refuse(id, reason)
  if (deed === 'suspend') return office.suspend(id, reason)
  if (deed === 'revoke') return office.revoke(id, reason)
  if (deed === 'reinstate') return office.reinstate(id)
  const entry = (await office.list()).find(each => each.id === id)
  const opened = entry && (await openApplication(pair, entry.account, fromBase64url(entry.sealed)!))
  if (opened?.verdict !== 'accept')
    throw new HexhailError('no-application', `There is no application ${id} that this key opens: see list.`, {
      id,
    })
  const nowS = Math.floor(Date.now() / 1_000)
  if (paperEndS(opened.value) <= nowS)
    throw new HexhailError('papers', 'A paper of the car has run out: refuse it with --reason papers.')
  return office.issue(id, opened.value, nowS + days * 86_400)
}

/** An entry as an officer reads it: the application opened, the portrait by its size. */
async function shown(entry: Entry, pair: CryptoKeyPair): Promise<object> {
  const { sealed, ticket: _, claims: __, ...rest } = entry
  const bytes = fromBase64url(sealed)
  const opened = bytes && (await openApplication(pair, entry.account, bytes))
  if (opened?.verdict !== 'accept') return { ...rest, application: null }
  const { photo, ...application } = opened.value
  return { ...rest, application: { ...application, photoBytes: fromBase64url(photo)!.length } }
}

async function statusListOf(url: string): Promise<object> {
  const answer = await fetch(`${url}/permits/status`).catch(() => null)
  const token = await answer?.text()
  const read = token && answer?.ok ? decodeJwt(token) : null
  if (read?.verdict !== 'accept') throw new HexhailError('OFFICE_DOWN', `No permit office answers at ${url}.`)
  return { token, ...read.value.payload }
}

async function pairFrom(path: string): Promise<CryptoKeyPair> {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new HexhailError(
      'no-key',
      `${path} cannot be read: name the authority’s key with --key.`,
      {},
      cause,
    )
  }
  const taken = await importAuditKey(text, null)
  if (taken.verdict === 'accept') return taken.value
  throw new HexhailError('no-key', `${path} holds no audit key: name the right one with --key.`)
}
