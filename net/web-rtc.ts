import { webRTCDirect } from '@libp2p/webrtc'

/** The WebRTC-direct transport of a relay, which browsers trust by the hash of its kept certificate. No server is asked. */
export const webRtcDirect = (certificate?: {
  readonly privateKey: string
  readonly pem: string
  readonly certhash: string
}): ReturnType<typeof webRTCDirect> =>
  webRTCDirect({ rtcConfiguration: { iceServers: [] }, ...(certificate && { certificate }) })
