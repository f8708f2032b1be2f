import { readFileSync } from 'node:fs'
import { trustsOf } from '@hexhail/audit/evidence/trusts.ts'
import { type EvidenceCode, verifyEvidence } from '@hexhail/audit/evidence/verify-evidence.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { command } from '../command.ts'

/** `hexhail audit verify`: confirms a finding by its evidence file alone. */
export const auditVerifyCommand = command({
  usage: 'audit verify FILE',
  about:
    'Confirms a finding by its evidence file, with no network and no state: every record is hashed again and the check\n' +
    'asked again. Prints one JSON object with what is proven and what is trusted. Exit code 1: the file proves nothing.',
  options: {},
  words: 1,
  async run(_, [file]) {
    if (file === undefined) throw new HexhailError('bad-value', 'Name the evidence file: audit verify FILE.')
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (cause) {
      throw new HexhailError('evidence-file', `${file} cannot be read: ${String(cause)}.`, { file }, cause)
    }
    const verdict = await verifyEvidence(text)
    if (verdict.verdict !== 'accept')
      throw new HexhailError('evidence', `${file} proves nothing: ${WHY[verdict.code]}.`, {
        code: verdict.code,
      })
    const { check, name, says, subject, trips, answers } = verdict.value
    const told = {
      confirmed: true,
      ...{ check, name, says, subject },
      trips: trips.map(({ settled }) => settled.terms),
      answers,
      trusts: trustsOf(verdict.value),
    }
    const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
    process.stdout.write(`${JSON.stringify(told, plain, 2)}\n`)
  },
})

const WHY: Readonly<Record<EvidenceCode, string>> = {
  format: 'it is no evidence file, or parts of it are missing',
  digest: 'it was changed after it was written (its sha256 is another)',
  document: "a tariff's document is not the one whose hash the chain's tariff names",
  log: 'what it shows of the public log does not hold',
  check: 'there is no such check',
  figures: 'what is in it gives other figures than it says',
  order: 'what is in it is in order',
}
