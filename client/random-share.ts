/** A number in [0, 1) out of random bytes. */
export const randomShare = (random: (size: number) => Uint8Array): number =>
  new DataView(random(4).buffer).getUint32(0) / 2 ** 32
