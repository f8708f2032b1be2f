/**
 * HalfSipHash-1-3 (Aumasson, Bernstein: SipHash, 2012; 64-bit output): a short keyed hash. Who does not know the key
 * cannot make two messages of one fingerprint, so nobody can bury a message under another.
 */
export function createFingerprint(key0: number, key1: number): (topic: string, data: Uint8Array) => number {
  return (topic, data) => {
    let v0 = key0 | 0
    let v1 = key1 ^ 0xee
    let v2 = key0 ^ 0x6c796765
    let v3 = key1 ^ 0x74656462
    const round = (): void => {
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
    }
    const mix = (word: number): void => {
      v3 ^= word
      round()
      v0 ^= word
    }
    mix(topic.length)
    for (let i = 0; i < topic.length; i++) mix(topic.charCodeAt(i))
    const whole = data.length & ~3
    for (let i = 0; i < whole; i += 4)
      mix(data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24))
    let last = data.length << 24
    for (let i = whole; i < data.length; i++) last |= data[i]! << (8 * (i - whole))
    mix(last)
    v2 ^= 0xee
    for (let i = 0; i < 3; i++) round()
    const low = (v1 ^ v3) >>> 0
    v1 ^= 0xdd
    for (let i = 0; i < 3; i++) round()
    // 53 of the 64 bits: a number holds no more exactly.
    return low * 2 ** 21 + ((v1 ^ v3) >>> 11)
  }
}
