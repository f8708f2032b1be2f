import type { Step } from '../router.ts'
import type { en } from './locales/en.ts'

/** Key and holes of the text of a step, for `t` over the catalogues in `locales/`. */
export function stepText({ kind, name, exit, side }: Step): {
  readonly key: keyof typeof en
  readonly params: Readonly<Record<string, string | number>>
} {
  if (kind === 'arrive') return { key: side ? `step_arrive_${side}` : 'step_arrive', params: {} }
  if (kind === 'roundabout' && exit === undefined) return { key: 'step_roundabout_in', params: {} }
  return { key: name ? `step_${kind}` : `step_${kind}_on`, params: { street: name, exit: exit ?? 0 } }
}
