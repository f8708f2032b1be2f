/** Writes seal.json: `node tests/vectors/make-seal.ts`. Sealing is random, so the file is made once and must open for ever. */
import { writeFileSync } from 'node:fs'
import { toHex } from '@hexhail/protocol/hex.ts'
import { sealKeyFrom, sealTo } from '@hexhail/protocol/seal.ts'

const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as CryptoKeyPair
const { publicKey } = await sealKeyFrom(pair)
const secretKey = await crypto.subtle.exportKey('jwk', pair.privateKey)
const cases = []
for (const size of [0, 1, 206, 207, 500, 1998]) {
  const plain = Uint8Array.from({ length: size }, (_, i) => i % 251)
  const aad = Uint8Array.of(size % 256, 7)
  cases.push({ secretKey, aad: toHex(aad), plain: toHex(plain), sealed: toHex(await sealTo(publicKey, plain, aad)) })
}
const about = 'HPKE base mode, X25519-HKDF-SHA256-AES128GCM, info "hexhail/1"; plaintext = u16 length, content, zeros. Test keys.'
writeFileSync(new URL('seal.json', import.meta.url), `${JSON.stringify({ about, cases }, null, 1)}\n`)
