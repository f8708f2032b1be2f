import { sealApplication } from '@hexhail/permits/application.ts'
import { toBase64url } from '@hexhail/permits/base64url.ts'
import { sealClaim } from '@hexhail/permits/concession-claim.ts'
import type { ConcessionEntry } from '@hexhail/permits/concession-register.ts'
import type { Entry, EntryState } from '@hexhail/permits/register.ts'
import { CONCESSIONS } from '@hexhail/permits/vct.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { seededBytes } from '../../permits/sample.ts'

const NAMES = ['Elena', 'Bruno', 'María José', 'Óscar', 'Lucía', 'Washington', 'Rosa', 'Iván', 'Ximena']
const CARS = ['BYD Dolphin', 'Suzuki Swift', 'Volkswagen Saveiro', 'Toyota Corolla', 'Nissan Leaf'] as const
const STATES: readonly EntryState[] = [
  'issued',
  'issued',
  'waiting',
  'issued',
  'suspended',
  'refused',
  'granted',
]
const DAY_MS = 86_400_000

/** A permit office with made-up applications and claims, as its door answers; no deed is done there. */
export async function madeOffice(sealKey: Hex, count: number, nowMs: number): Promise<typeof fetch> {
  const random = seededBytes(5)
  const key = fromHex(sealKey, 32)
  const door = await createSealKey()
  const entries = await Promise.all(
    Array.from({ length: count }, async (_, n): Promise<Entry> => {
      const account = toHex(random(20))
      const [make, model] = CARS[n % CARS.length]!.split(' ') as [string, string]
      const car = {
        ...{
          plate: `SBC ${1_000 + n * 37}`,
          make,
          model,
          colour: 'white',
          seats: 4,
          wheelchair: n % 5 === 0,
        },
        ...({ propulsion: 'electric', inspection: '2031-05-01', insurance: '2031-02-01' } as const),
      }
      const application = { name: NAMES[n % NAMES.length]!, licence: `UY-${n}`, photo: '', car }
      const state = STATES[n % STATES.length]!
      const untilS = Math.floor((nowMs + (30 + n * 11) * DAY_MS) / 1_000)
      const mark = state === 'issued' ? { hash: toHex(random(32)), index: n, untilS } : null
      return {
        ...{ id: `a${n}`, account, ticket: toHex(random(32)), untilS, state, claims: null, vehicle: null },
        sealed: toBase64url(await sealApplication(key, account, application, random)),
        appliedAtMs: nowMs - (3 + n) * DAY_MS,
        changedAtMs: nowMs - (1 + n) * DAY_MS,
        reason: state === 'suspended' || state === 'refused' ? 'papers' : null,
        ...{ driverMark: mark, vehicleMark: mark },
      }
    }),
  )
  const claims = await Promise.all(
    NAMES.slice(0, 6).map(async (name, n): Promise<ConcessionEntry> => {
      const [ticket, category] = [toHex(random(32)), CONCESSIONS[n % CONCESSIONS.length]!]
      const claim = { category, name, evidence: `Card ${4_000 + n}`, picture: '' }
      const state = n % 3 === 0 ? 'waiting' : 'granted'
      return {
        ...{ id: `c${n}`, ticket, state, reason: null, untilS: 0 },
        sealed: toBase64url(await sealClaim(key, ticket, claim, random)),
        category: state === 'granted' ? category : null,
        issued: state === 'granted' ? { month: '2026-11', indexes: [n, n + 1] } : null,
        ...{ appliedAtMs: nowMs - (2 + n) * DAY_MS, changedAtMs: nowMs - n * DAY_MS },
      }
    }),
  )
  return async (_, init) => {
    if (init?.method !== 'POST') return Response.json({ doorKey: toHex(door.publicKey) })
    const { op } = JSON.parse(JSON.parse(String(init.body)).word)
    if (op === 'list') return Response.json({ entries })
    if (op === 'concession-list') return Response.json({ entries: claims })
    return Response.json({ code: 'made-up' }, { status: 400 })
  }
}
