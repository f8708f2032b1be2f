/**
 * sha256 (FIPS 180-4) of many short messages, four at a time, one in each lane. A job is four words: a place of 32 bytes
 * that the message begins with (0: none), where the rest begins, its length, and where the digest goes. Jobs of one run
 * are done in one lane, one after the other, so that a job may begin with the digest of one before it. 64 bytes behind
 * each message are read, too, and forgotten.
 */

const LANES: u32 = 4
const JOB: usize = 16
/** A block has room behind it for the last vector of zeros. */
const BLOCK: usize = 80

const ROUND = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])
const FIRST = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])
/** Eight words of the state, of four lanes each. */
const STATE = memory.data(8 * 16, 16)
/** The schedule: 64 words of four lanes. */
const WORDS = memory.data(64 * 16, 16)
const BLOCKS = memory.data(4 * 80, 16)
/** Of each lane: its job, the end of its run, how far its message is. */
const JOBS = memory.data(4 * 4, 4)
const ENDS = memory.data(4 * 4, 4)
const DONE = memory.data(4 * 4, 4)

// @ts-expect-error: decorator
@inline
function turned(x: v128, n: i32): v128 {
  return v128.or(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n))
}

// @ts-expect-error: decorator
@inline
function word(t: usize): v128 {
  return v128.load(WORDS + (t << 4))
}

/** h + Σ1(e) + Ch(e, f, g) + K + W. */
// @ts-expect-error: decorator
@inline
function first(e: v128, f: v128, g: v128, h: v128, t: usize): v128 {
  const sum = v128.xor(v128.xor(turned(e, 6), turned(e, 11)), turned(e, 25))
  const added = i32x4.add(word(t), v128.load32_splat(ROUND + (t << 2)))
  return i32x4.add(i32x4.add(i32x4.add(h, added), v128.bitselect(f, g, e)), sum)
}

/** Σ0(a) + Maj(a, b, c). */
// @ts-expect-error: decorator
@inline
function second(a: v128, b: v128, c: v128): v128 {
  const sum = v128.xor(v128.xor(turned(a, 2), turned(a, 13)), turned(a, 22))
  return i32x4.add(sum, v128.bitselect(c, a, v128.xor(a, b)))
}

// @ts-expect-error: decorator
@inline
function swapped(from: usize): v128 {
  const bytes = v128.load(from)
  return i8x16.shuffle(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}

/** Words of the four blocks, side by side. */
// @ts-expect-error: decorator
@inline
function takeWords(): void {
  for (let q: usize = 0; q < 4; q++) {
    const at = BLOCKS + (q << 4)
    const a = swapped(at)
    const b = swapped(at + BLOCK)
    const c = swapped(at + 2 * BLOCK)
    const d = swapped(at + 3 * BLOCK)
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5)
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5)
    const ef = i32x4.shuffle(a, b, 2, 6, 3, 7)
    const gh = i32x4.shuffle(c, d, 2, 6, 3, 7)
    const to = WORDS + (q << 6)
    v128.store(to, i64x2.shuffle(ab, cd, 0, 2))
    v128.store(to + 16, i64x2.shuffle(ab, cd, 1, 3))
    v128.store(to + 32, i64x2.shuffle(ef, gh, 0, 2))
    v128.store(to + 48, i64x2.shuffle(ef, gh, 1, 3))
  }
  for (let t: usize = 16; t < 64; t++) {
    const x = word(t - 15)
    const y = word(t - 2)
    const low = v128.xor(v128.xor(turned(x, 7), turned(x, 18)), i32x4.shr_u(x, 3))
    const high = v128.xor(v128.xor(turned(y, 17), turned(y, 19)), i32x4.shr_u(y, 10))
    v128.store(WORDS + (t << 4), i32x4.add(i32x4.add(word(t - 16), low), i32x4.add(word(t - 7), high)))
  }
}

function compress(): void {
  takeWords()
  let a = v128.load(STATE)
  let b = v128.load(STATE + 16)
  let c = v128.load(STATE + 32)
  let d = v128.load(STATE + 48)
  let e = v128.load(STATE + 64)
  let f = v128.load(STATE + 80)
  let g = v128.load(STATE + 96)
  let h = v128.load(STATE + 112)
  for (let t: usize = 0; t < 64; t += 8) {
    let x = first(e, f, g, h, t)
    d = i32x4.add(d, x)
    h = i32x4.add(x, second(a, b, c))
    x = first(d, e, f, g, t + 1)
    c = i32x4.add(c, x)
    g = i32x4.add(x, second(h, a, b))
    x = first(c, d, e, f, t + 2)
    b = i32x4.add(b, x)
    f = i32x4.add(x, second(g, h, a))
    x = first(b, c, d, e, t + 3)
    a = i32x4.add(a, x)
    e = i32x4.add(x, second(f, g, h))
    x = first(a, b, c, d, t + 4)
    h = i32x4.add(h, x)
    d = i32x4.add(x, second(e, f, g))
    x = first(h, a, b, c, t + 5)
    g = i32x4.add(g, x)
    c = i32x4.add(x, second(d, e, f))
    x = first(g, h, a, b, t + 6)
    f = i32x4.add(f, x)
    b = i32x4.add(x, second(c, d, e))
    x = first(f, g, h, a, t + 7)
    e = i32x4.add(e, x)
    a = i32x4.add(x, second(b, c, d))
  }
  v128.store(STATE, i32x4.add(v128.load(STATE), a))
  v128.store(STATE + 16, i32x4.add(v128.load(STATE + 16), b))
  v128.store(STATE + 32, i32x4.add(v128.load(STATE + 32), c))
  v128.store(STATE + 48, i32x4.add(v128.load(STATE + 48), d))
  v128.store(STATE + 64, i32x4.add(v128.load(STATE + 64), e))
  v128.store(STATE + 80, i32x4.add(v128.load(STATE + 80), f))
  v128.store(STATE + 96, i32x4.add(v128.load(STATE + 96), g))
  v128.store(STATE + 112, i32x4.add(v128.load(STATE + 112), h))
}

/** Puts the next block of a lane's message in its place; true when it is the last one. */
function fill(lane: usize): bool {
  const job = <usize>load<u32>(JOBS + (lane << 2))
  const done = load<u32>(DONE + (lane << 2))
  const before = <usize>load<u32>(job)
  let from = <usize>load<u32>(job, 4)
  const head: u32 = before ? 32 : 0
  const length = load<u32>(job, 8) + head
  const left = <i32>(length - done)
  let to = BLOCKS + lane * BLOCK
  if (done === 0) {
    for (let i: usize = 0; i < 8; i++)
      store<u32>(STATE + (i << 4) + (lane << 2), load<u32>(FIRST + (i << 2)))
    if (before) {
      v128.store(to, v128.load(before))
      v128.store(to, v128.load(before, 16), 16)
      to += 32
    } else {
      v128.store(to, v128.load(from, 32), 32)
      v128.store(to, v128.load(from, 48), 48)
    }
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    to = BLOCKS + lane * BLOCK
  } else if (left > 0) {
    from += <usize>(done - head)
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    v128.store(to, v128.load(from, 32), 32)
    v128.store(to, v128.load(from, 48), 48)
  }
  store<u32>(DONE + (lane << 2), done + 64)
  if (left >= 64) return false
  const filled: i32 = left > 0 ? left : 0
  for (let at = filled; at < 64; at += 16) v128.store(to + <usize>at, i64x2.splat(0))
  if (left >= 0) store<u8>(to + <usize>filled, 0x80)
  if (left > 55) return false
  store<u32>(to, bswap<u32>(length << 3), 60)
  return true
}

/** Writes the digest of a lane, and goes on to its next job; false where its run has no more. */
function finish(lane: usize): bool {
  const job = <usize>load<u32>(JOBS + (lane << 2))
  const to = <usize>load<u32>(job, 12)
  for (let i: usize = 0; i < 8; i++)
    store<u32>(to + (i << 2), bswap<u32>(load<u32>(STATE + (i << 4) + (lane << 2))))
  store<u32>(JOBS + (lane << 2), <u32>(job + JOB))
  store<u32>(DONE + (lane << 2), 0)
  return <u32>(job + JOB) < load<u32>(ENDS + (lane << 2))
}

/** Does all jobs. `ends`: where the jobs of each run end, counted in jobs from `jobs` on. */
export function hashRuns(jobs: usize, ends: usize, runs: u32): void {
  let next: u32 = 0
  let busy: u32 = 0
  let last: u32 = 0
  let begin: u32 = 0
  do {
    last = 0
    for (let lane: u32 = 0; lane < LANES; lane++) {
      while (!(busy & (1 << lane)) && next < runs) {
        const end = load<u32>(ends + ((<usize>next) << 2))
        next++
        store<u32>(JOBS + ((<usize>lane) << 2), <u32>(jobs + <usize>begin * JOB))
        store<u32>(ENDS + ((<usize>lane) << 2), <u32>(jobs + <usize>end * JOB))
        store<u32>(DONE + ((<usize>lane) << 2), 0)
        if (end > begin) busy |= 1 << lane
        begin = end
      }
      if (busy & (1 << lane) && fill(lane)) last |= 1 << lane
    }
    if (busy === 0) return
    compress()
    for (let lane: u32 = 0; lane < LANES; lane++)
      if (last & (1 << lane) && !finish(lane)) busy &= ~(1 << lane)
  } while (true)
}
