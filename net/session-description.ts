/**
 * What the two ends of a WebRTC data channel must know of each other, and the session description (RFC 8866, RFC 8841)
 * made of it: nothing that the other side wrote reaches the browser's parser but in these few forms.
 */

/** How one end can be reached, and the certificate that it will show. */
export interface DirectCard {
  readonly ufrag: string
  readonly pwd: string
  /** sha-256 of the DTLS certificate, 32 bytes. */
  readonly fingerprint: Uint8Array
  /** `host 2122260223 192.168.1.7 54321`: type, priority, address, UDP port. */
  readonly candidates: readonly string[]
}

const ICE_WORD = /^[A-Za-z0-9+/]+$/
const CANDIDATE = /^(host|srflx) (\d{1,10}) ([\w.:-]{1,64}) (\d{1,5})$/
const MAX_CANDIDATES = 6
const FINGERPRINT_BYTES = 32

/** The card in our own description; null where it has no data channel, no sha-256 fingerprint or no address. */
export function cardOf(sdp: string): DirectCard | null {
  const value = (name: string): string | undefined =>
    new RegExp(`^a=${name}:(.*)$`, 'm').exec(sdp)?.[1]?.trim()
  const [ufrag, pwd] = [value('ice-ufrag'), value('ice-pwd')]
  const hex = /^sha-256 ((?:[0-9A-F]{2}:?)+)$/i.exec(value('fingerprint') ?? '')?.[1]
  if (ufrag === undefined || pwd === undefined || hex === undefined) return null
  const candidates = [...sdp.matchAll(/^a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (host|srflx)\b/gim)].map(
    ([, priority, address, port, type]) => `${type} ${priority} ${address} ${port}`,
  )
  const card = {
    ufrag,
    pwd,
    fingerprint: Uint8Array.from(hex.split(':'), byte => Number.parseInt(byte, 16)),
    candidates: candidates.filter(line => CANDIDATE.test(line)).slice(0, MAX_CANDIDATES),
  }
  return isCard(card) ? card : null
}

/** True for a card of which a description can be made. */
export function isCard({ ufrag, pwd, fingerprint, candidates }: DirectCard): boolean {
  const isWord = (word: string, least: number, most: number): boolean =>
    word.length >= least && word.length <= most && ICE_WORD.test(word)
  return (
    isWord(ufrag, 4, 32) &&
    isWord(pwd, 22, 64) &&
    fingerprint.length === FINGERPRINT_BYTES &&
    candidates.length > 0 &&
    candidates.length <= MAX_CANDIDATES &&
    candidates.every(line => CANDIDATE.test(line) && Number(CANDIDATE.exec(line)![4]) <= 65_535)
  )
}

/** The other side's description, as the browser takes it. */
export function descriptionOf(card: DirectCard, type: 'offer' | 'answer'): string {
  const fingerprint = [...card.fingerprint].map(byte => byte.toString(16).padStart(2, '0').toUpperCase())
  const candidates = card.candidates.map((line, i) => {
    const [, kind, priority, address, port] = CANDIDATE.exec(line)!
    const related = kind === 'srflx' ? ' raddr 0.0.0.0 rport 9' : ''
    return `a=candidate:${i + 1} 1 udp ${priority} ${address} ${port} typ ${kind}${related}`
  })
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    `a=ice-ufrag:${card.ufrag}`,
    `a=ice-pwd:${card.pwd}`,
    `a=fingerprint:sha-256 ${fingerprint.join(':')}`,
    `a=setup:${type === 'offer' ? 'actpass' : 'active'}`,
    'a=sctp-port:5000',
    'a=max-message-size:65536',
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n')
}
