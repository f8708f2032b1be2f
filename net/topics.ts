const TOPIC = /^\/hexhail\/1\/\d{1,16}\/(req\/87[0-9a-f]{13}|far\/85[0-9a-f]{13}|meet\/[0-9a-f]{32})$/

/** The topic that relays alone are in: it tells a relay which of its neighbours are relays. */
export const RELAY_TOPIC = '/hexhail/1/relay'

/** Whether a topic is one of Hexhail's: requests of a cell, far requests, or a rendezvous. */
export const isTopic = (topic: string): boolean => TOPIC.test(topic)

/** The mark by which a relay tells the others that leaves of its own follow `topic`. Nothing is sent on it. */
export const localMark = (topic: string): string => `${topic}/local`
