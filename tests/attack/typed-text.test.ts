/** Threat T23: naughty texts in everything that a person can type, and hostile JSON in every file and address that is read. */
import { keyOf, parseRoute } from '@hexhail/authority-web/route.ts'
import { tidyProfile } from '@hexhail/driver-web/profile.ts'
import { circuitTargets, ipIn, peerOf } from '@hexhail/net/addresses.ts'
import { relayAddr } from '@hexhail/net/reach.ts'
import { parseTopic } from '@hexhail/protocol/cells.ts'
import { clipText } from '@hexhail/protocol/clip-text.ts'
import { isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { CAR, CHAT, PICKUP, PIN } from '@hexhail/protocol/messages.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { readTrafficFile } from '@hexhail/streets/route/traffic-file.ts'
import { decimal, formatMoney, parseMoney } from '@hexhail/ui/format/money.ts'
import { describe, expect, it } from 'vitest'
import { gridCity } from '../unit/sim/grid-city.ts'
import { jsonTexts, naughtyTexts, skipped } from './naughty.ts'

const TEXTS = naughtyTexts()
const bytesOf = (text: string): number => new TextEncoder().encode(text).length

describe(`naughty texts${skipped}`, () => {
  it('as names, cars, plates and notes fit their messages and come back as they were sent', () => {
    for (const text of TEXTS) {
      const { name, text: car, plate } = tidyProfile({ name: text, text, plate: text, seats: 4, needs: 0 })
      const unnumbered = { shift: new Uint8Array(16), shiftSeq: 0 }
      const sent = CAR.decode(CAR.encode({ driver: name, car, plate, ...unnumbered }))
      expect(sent).toEqual({
        verdict: 'accept',
        value: {
          driver: name.toWellFormed(),
          car: car.toWellFormed(),
          plate: plate.toWellFormed(),
          ...unnumbered,
        },
      })
      const note = clipText(text, 280)
      expect(text.startsWith(note)).toBe(true)
      expect(CHAT.decode(CHAT.encode({ text: note }))).toEqual({
        verdict: 'accept',
        value: { text: note.toWellFormed() },
      })
      const place = { lngE7: 0, latE7: 0, destLngE7: 0, destLatE7: 0, salt: new Uint8Array(32) }
      const names = {
        pickupName: clipText(text, 80),
        destName: clipText(text, 80),
        rider: clipText(text, 32),
      }
      expect(PICKUP.decode(PICKUP.encode({ ...place, ...names })).verdict).toBe('accept')
    }
  })

  it('as a PIN are four bytes at most, or refused where they are written', () => {
    for (const text of TEXTS)
      if (bytesOf(text) <= 4) expect(PIN.decode(PIN.encode({ digits: text })).verdict).toBe('accept')
      else expect(() => PIN.encode({ digits: text })).toThrow(HexhailError)
  })

  it('as an amount are no money, or an exact one that is written back the same', () => {
    for (const text of TEXTS) {
      const amount = parseMoney(text)
      if (amount === null) continue
      expect(text.trim()).toMatch(/^\d{1,12}([.,]\d{0,6})?$/)
      expect(parseMoney(decimal(amount))).toBe(amount)
      for (const tag of ['en', 'es', 'ar']) expect(formatMoney(amount, tag)).not.toBe('')
    }
  })

  it('as addresses of wallets, relays, topics and routes are taken for what they are or not at all', () => {
    for (const text of TEXTS) {
      expect(isHex(text, 20)).toBe(/^0x[0-9a-fA-F]{40}$/.test(text))
      const relay = relayAddr(text)
      if (relay !== undefined) expect(relay.addr).toBe(text)
      expect(parseTopic(text)).toBe(null)
      for (const read of [ipIn, peerOf, parseRoute, keyOf]) read(text)
      circuitTargets([text, `${text}/p2p-circuit/p2p/x`], new Map())
    }
  })

  it('as a search find places or none', async () => {
    const city = createLocalCity()
    await city.load(gridCity().bytes)
    for (const text of TEXTS) {
      const found = await city.find(text.slice(0, 2000), [-56.16, -34.88], 8)
      expect(found.length).toBeLessThanOrEqual(8)
    }
  })
})

describe(`hostile JSON${skipped}`, () => {
  it('in a file of traffic is refused in one line, or is one', () => {
    const shapes = [
      '{"factors":[{}]}',
      '{"factors":{"length":3}}',
      '{"timeZone":1}',
      '[]',
      'null',
      '"x"',
      '{"__proto__":{"factors":[]}}',
    ]
    for (const text of [...shapes, ...TEXTS, ...jsonTexts().map(one => one.text)])
      expect(() => readTrafficFile(text)).toThrow(HexhailError)
  })
})
