const MAX_TOPICS = 20_000

/**
 * HalfSipHash-1-3 (Aumasson, Bernstein: SipHash, 2012; 64-bit output): a short keyed hash. Who does not know the key
 * cannot make two messages of one fingerprint, so nobody can bury a message under another. A topic goes in as a number
 * that it gets when it is first seen.
 */
export function createFingerprint(key0: number, key1: number): (topic: string, data: Uint8Array) => number {
  const topics = new Map<string, number>()
  let nextTopic = 0
  const numberOf = (topic: string): number => {
    let number = topics.get(topic)
    if (number === undefined) {
      if (topics.size >= MAX_TOPICS) topics.clear()
      topics.set(topic, (number = nextTopic++))
    }
    return number
  }
  return (topic, data) => {
    const whole = data.length >>> 2
    let v0 = key0 | 0
    let v1 = key1 ^ 0xee
    let v2 = key0 ^ 0x6c796765
    let v3 = key1 ^ 0x74656462
    let low = 0
    // The topic's number, the words of the data, the rest with the length; then three rounds for each half of the output.
    const words = whole + 2
    for (let i = 0; i < words + 6; i++) {
      let word = 0
      if (i === 0) word = numberOf(topic)
      else if (i <= whole) {
        const at = 4 * i - 4
        word = data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)
      } else if (i === whole + 1) {
        word = data.length << 24
        for (let j = 4 * whole; j < data.length; j++) word |= data[j]! << (8 * (j & 3))
      } else if (i === words) v2 ^= 0xee
      else if (i === words + 3) {
        low = (v1 ^ v3) >>> 0
        v1 ^= 0xdd
      }
      v3 ^= word
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
      v0 ^= word
    }
    // 53 of the 64 bits: a number holds no more exactly.
    return low * 2 ** 21 + ((v1 ^ v3) >>> 11)
  }
}
