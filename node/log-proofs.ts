import { readFileSync, writeFileSync } from 'node:fs'
import { toBase64 } from '@hexhail/audit/base64.ts'
import { signedCheckpointFrom } from '@hexhail/audit/log/checkpoint.ts'
import { type LogFile, verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import { type NoteKey, noteKeyFrom } from '@hexhail/audit/log/note-key.ts'
import { readView } from '@hexhail/audit/log/read-view.ts'
import { splitFile } from '@hexhail/audit/log/split.ts'
import { treeHash } from '@hexhail/audit/log/tree-hash.ts'
import { fromHex, isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

const HASH = treeHash(nodeSha256)
/** Exit code of a file that proves nothing, and of logs that contradict each other. */
const NOT_PROVEN = 3

interface ProofOptions {
  readonly url: readonly string[]
  readonly leaf: string | null
  readonly vkey: string | null
  readonly witness: readonly string[]
  readonly out: string | null
}

/** `hexhail log prove`: the evidence file of an entry. */
export async function proveLeaf({ url, leaf, vkey, witness, out }: ProofOptions): Promise<void> {
  const [at] = url
  if (at === undefined || leaf === null)
    throw new HexhailError('bad-value', 'Say of what and where: --leaf HASH or FILE, --url URL.')
  const client = createLogClient(at)
  const entry = isHex(leaf, 32) ? null : readFileSync(leaf)
  const leafHash = entry ? HASH.leaf(entry) : fromHex(leaf)
  const proven = await client.proof(leafHash)
  if (proven === null)
    throw new HexhailError(
      'no-leaf',
      `The log at ${at} has no such leaf in a checkpoint: wait a minute, or file it.`,
    )
  const { index, proof, checkpoint } = proven
  const bytes = entry ?? (await client.entry(index))
  const witnesses = witness.map(text => text.trim().split(/\s+/).at(-1)!)
  write(out, {
    kind: 'inclusion',
    vkey: vkey ?? (await vkeyAt(at)),
    witnesses,
    checkpoint,
    index,
    entry: toBase64(bytes),
    proof: proof.map(toBase64),
  })
}

/** `hexhail log verify`: what a file proves, as one line of JSON. */
export async function verifyFile(path: string, vkey: string | null): Promise<void> {
  let file: unknown
  try {
    file = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new HexhailError(
      'bad-file',
      `${path} cannot be read as JSON: give an evidence file.`,
      { path },
      cause,
    )
  }
  const own = (file as { vkey?: unknown } | null)?.vkey
  const verdict =
    vkey !== null && own !== vkey ? { verdict: 'reject', code: 'vkey' } : await verifyLogFile(file)
  const said =
    'value' in verdict ? { proven: true, vkey: own, ...verdict.value } : { proven: false, code: verdict.code }
  console.log(JSON.stringify(said))
  if (!said.proven) process.exitCode = NOT_PROVEN
}

/** `hexhail log compare`: whether two addresses show one log. */
export async function compareLogs({ url, vkey, out }: ProofOptions): Promise<void> {
  const [a, b] = url
  if (a === undefined || b === undefined)
    throw new HexhailError('bad-value', 'Name two addresses of the log: --url A --url B.')
  const key = vkey ?? (await vkeyAt(a))
  const views = await Promise.all([a, b].map(each => viewAt(each, keyFrom(key))))
  const file = splitFile(key, views[0]!, views[1]!, HASH)
  if (file === null) return console.log(JSON.stringify({ same: true, sizes: views.map(view => view.size) }))
  write(out, file)
  console.error(`The log signed two trees that are not one: leaf ${file.split?.index} differs.`)
  process.exitCode = NOT_PROVEN
}

async function viewAt(url: string, key: NoteKey) {
  const client = createLogClient(url)
  const sent = await client.checkpoint()
  const read = await signedCheckpointFrom(sent, key)
  if (read.verdict !== 'accept')
    throw new HexhailError('bad-checkpoint', `${url} shows no checkpoint of ${key.name} (${read.code}).`, {
      url,
    })
  const view = await readView(client, sent, read.value, HASH)
  if (view === null)
    throw new HexhailError(
      'bad-tiles',
      `The tiles at ${url} are not those of its checkpoint: ask for a copy.`,
      { url },
    )
  return view
}

async function vkeyAt(url: string): Promise<string> {
  const answer = await fetch(`${url.replace(/\/+$/, '')}/status`).then(
    response => response.json() as Promise<{ vkey?: unknown }>,
    () => ({ vkey: undefined }),
  )
  if (typeof answer.vkey === 'string') return answer.vkey
  throw new HexhailError('no-vkey', `The log at ${url} does not tell its key: give it with --vkey.`, { url })
}

function keyFrom(vkey: string): NoteKey {
  const key = noteKeyFrom(vkey)
  if (key.verdict === 'accept') return key.value
  throw new HexhailError('bad-value', `--vkey takes name+id+key, not «${vkey}».`)
}

function write(out: string | null, file: LogFile): void {
  const text = `${JSON.stringify(file, null, 2)}\n`
  if (out === null) process.stdout.write(text)
  else writeFileSync(out, text)
}
