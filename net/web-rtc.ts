import { webRTC } from '@libp2p/webrtc'

/** The WebRTC transport, kept out of the default bundle: a page loads it only when it asks for it. No server is asked unless given. */
export const webRtc = (iceServers: readonly { readonly urls: string }[]): ReturnType<typeof webRTC> =>
  webRTC({ rtcConfiguration: { iceServers: [...iceServers] } })
