/** What a check of hostile input says: keep it, drop it without blame, or drop it and blame the sender. */
export type Verdict<T, Code extends string = string> =
  | { readonly verdict: 'accept'; readonly value: T }
  | { readonly verdict: 'ignore'; readonly code: Code }
  | { readonly verdict: 'reject'; readonly code: Code }

/** Keep the value. */
export const accept = <T>(value: T): { verdict: 'accept'; value: T } => ({ verdict: 'accept', value })

/** Drop without blame: late, seen before, or of a version we do not know. */
export const ignore = <Code extends string>(code: Code): { verdict: 'ignore'; code: Code } => ({
  verdict: 'ignore',
  code,
})

/** Drop and blame the sender: no honest client makes this. */
export const reject = <Code extends string>(code: Code): { verdict: 'reject'; code: Code } => ({
  verdict: 'reject',
  code,
})
