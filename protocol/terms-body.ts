import type { ValueOf } from './fields.ts'
import { fromHex, toHex } from './hex.ts'
import type { YIELD } from './messages.ts'
import type { Terms } from './terms.ts'

type Body = Omit<
  ValueOf<typeof YIELD>,
  'signature' | 'key' | 'epoch' | 'promiseMs' | 'expiresAtMs' | 'moves' | 'commit'
>

/** Terms as a message has them. */
export function termsBody({ details, seq, ...flat }: Terms): Body {
  const [boarding, record] = [fromHex(details.boarding), fromHex(details.record)]
  return { ...flat, ...details, seq: Number(seq), boarding, record }
}

/** The terms inside a message, as both hash them. */
export function bodyTerms(body: Body): Terms {
  const { rider, driver, session, fare, hold, lane, seq, tariff, metres, secs, bp, acceptBy } = body
  const { cancelFee, noShowFee, freeUntil, lateAt, pickupBy, expiry, arbiter, boarding, record } = body
  return {
    ...{ rider, driver, session, fare, hold, lane, seq: BigInt(seq), tariff, metres, secs, bp, acceptBy },
    details: {
      ...{ cancelFee, noShowFee, freeUntil, lateAt, pickupBy, expiry, arbiter },
      ...{ boarding: toHex(boarding), record: toHex(record) },
    },
  }
}
