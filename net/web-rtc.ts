import { webRTC, webRTCDirect } from '@libp2p/webrtc'

/** The WebRTC transport, kept out of the default bundle: a page loads it only when it asks for it. No server is asked unless given. */
export const webRtc = (iceServers: readonly { readonly urls: string }[]): ReturnType<typeof webRTC> =>
  webRTC({ rtcConfiguration: { iceServers: [...iceServers] } })

/** The WebRTC-direct transport: dials relays by the hash of their certificate; a relay listens with its kept one. */
export const webRtcDirect = (certificate?: {
  readonly privateKey: string
  readonly pem: string
  readonly certhash: string
}): ReturnType<typeof webRTCDirect> =>
  webRTCDirect({ rtcConfiguration: { iceServers: [] }, ...(certificate && { certificate }) })
