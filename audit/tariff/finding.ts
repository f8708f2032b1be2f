import type { LINT_WORDS } from './lint-words.ts'

/** Name of a complaint; `LINT_WORDS` has the sentence. */
export type LintCode = keyof typeof LINT_WORDS

/** One complaint: where (`classes[0].flag`), what, and the figures of its sentence. An `error` must not be published. */
export interface Finding {
  readonly level: 'error' | 'warning'
  readonly path: string
  readonly code: LintCode
  readonly data: Readonly<Record<string, string | number>>
}

/** Makes a finding. */
export const finding = (
  level: Finding['level'],
  path: string,
  code: LintCode,
  data: Finding['data'] = {},
): Finding => ({ level, path, code, data })
