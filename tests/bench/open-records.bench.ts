/**
 * Opens seeded shifts of sealed records as the auditor does (node:crypto, a context set up once a shift), against the
 * same envelopes opened one by one with @hpke/core, and checks that both give the same bytes.
 * `npm run bench -- open-records [--records 20000] [--shift 20] [--plain 200] [--seed 7]`
 */
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord, recordRoot } from '@hexhail/protocol/record.ts'
import { FILERS, packFiled, RECORD_ENVELOPE, sealInfo } from '@hexhail/protocol/record-envelope.ts'
import { createSealContext, sealRecordAt } from '@hexhail/protocol/record-seal.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { encodeSegment, type Sample } from '@hexhail/protocol/trace.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { PLAIN, settledTrip } from '../unit/audit/settled-trip.ts'
import { TARIFF } from '../unit/protocol/demo-tariff.ts'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    shift: { type: 'string', default: '20' },
    plain: { type: 'string', default: '200' },
    seed: { type: 'string', default: '7' },
  },
})
const count = Number(values.records)
const perShift = Number(values.shift)
const seeded = createSeeded(Number(values.seed))
const MONTH = 202_611
const { privateKey, publicKey } = await makeAuditKey()
const to = { authority: TARIFF.authority, month: MONTH, publicKey: fromHex(publicKey) }

/** Twelve minutes of city driving: 72 samples in 12 segments. */
function way(): { trace: Uint8Array; segments: number } {
  const parts: Uint8Array[] = []
  let end: readonly Sample[] = []
  let at: Sample = { atS: 1_795_390_412, lngE5: -5_618_820, latE5: -3_490_330 }
  for (let s = 0; s < 12; s++) {
    const samples = Array.from({ length: 6 }, () => {
      at = {
        atS: at.atS + 10,
        lngE5: at.lngE5 + seeded.below(180) - 60,
        latE5: at.latE5 + seeded.below(160) - 60,
      }
      return at
    })
    parts.push(encodeSegment(end, samples))
    end = [...end, ...samples].slice(-2)
  }
  return { trace: new Uint8Array(Buffer.concat(parts)), segments: 12 }
}

const base = settledTrip(TARIFF, PLAIN).record
const envelopes: Uint8Array[] = []
const roots: string[] = []
let context = await createSealContext(to)
let bytes = 0
for (let i = 0; i < count; i++) {
  if (i % perShift === 0) context = await createSealContext(to)
  const terms = createHash('sha256').update(`trip ${i}`).digest()
  const record: TripRecord = { ...base, ...way(), terms: new Uint8Array(terms), shiftSeq: i % perShift }
  const filed = {
    by: FILERS.driver,
    index: 12,
    receiptSignature: new Uint8Array(128),
    headSignature: new Uint8Array(64),
    record: encodeRecord(record),
  }
  const sealed = await sealRecordAt(context, i % perShift, toHex(record.terms), packFiled({ record: filed }))
  bytes += sealed.length
  envelopes.push(sealed)
  roots.push(recordRoot(record))
}

const cpuMs = (): number => process.cpuUsage().user / 1_000
const decoded = envelopes.map(each => {
  const read = RECORD_ENVELOPE.decode(each)
  if (read.verdict !== 'accept') throw new Error(read.code)
  return read.value
})
const opener = createRecordOpener([privateKey])
let began = cpuMs()
const plains = decoded.map(envelope => {
  const plain = opener.plain(envelope)
  if (plain.verdict !== 'accept') throw new Error(plain.code)
  return plain.value
})
const openMs = cpuMs() - began

const whole = createRecordOpener([privateKey])
began = cpuMs()
let mismatches = 0
envelopes.forEach((each, i) => {
  const opened = whole.open(each)
  if (opened.verdict !== 'accept' || opened.value.kind !== 'record') throw new Error('does not open')
  if (recordRoot(opened.value.record) !== roots[i]) mismatches++
})
const wholeMs = cpuMs() - began

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
})
const recipientKey = await suite.kem.importKey('raw', fromHex(privateKey).buffer, false)
const info = sealInfo(TARIFF.authority, MONTH)
// One message a context: number 0 of each shift can be opened by itself.
const firsts = decoded.filter(({ seq }) => seq === 0).slice(0, Number(values.plain))
began = cpuMs()
for (const { enc, sealed, terms } of firsts) {
  const padded = new Uint8Array(await suite.open({ recipientKey, enc, info }, sealed, terms))
  const index = decoded.findIndex(each => each.terms === terms)
  const length = (padded[0]! << 8) | padded[1]!
  if (!Buffer.from(padded.subarray(2, 2 + length)).equals(plains[index]!)) mismatches++
}
const plainMs = cpuMs() - began

const perS = (n: number, ms: number) => Math.round((n * 1_000) / ms)
const figures = {
  records: count,
  perShift,
  bytesEach: Math.round(bytes / count),
  openPerS: perS(count, openMs),
  openAndReadPerS: perS(count, wholeMs),
  plainPerS: perS(firsts.length, plainMs),
  mismatches,
}
console.log(
  `${figures.openPerS} opens a second of one core's time; one by one with @hpke/core ${figures.plainPerS}`,
)
console.log(JSON.stringify(figures))
