import { MESSAGES } from './messages.ts'

/** Any message of the table. */
export type AnyMessage = (typeof MESSAGES)[number]

const BY_KIND = new Map<number, AnyMessage>(MESSAGES.map(m => [m.kind, m]))

/** The message of a kind byte. */
export const messageOfKind = (kind: number): AnyMessage | undefined => BY_KIND.get(kind)

/** True for the kinds that travel by gossip; all others are private. */
export const isGossipKind = (kind: number): boolean => kind < 10

const BY_NAME = new Map<string, AnyMessage>(MESSAGES.map(m => [m.name, m]))

/** The message of a name. */
export const messageOfName = (name: AnyMessage['name']): AnyMessage => BY_NAME.get(name)!
