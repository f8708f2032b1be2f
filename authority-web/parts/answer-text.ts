import type { Answer } from '@hexhail/audit/checks/check.ts'
import { type AuthorityText, t } from '../text.ts'
import { figureText } from './figure-text.ts'

const EXPECTED = { equal: 'expectedIs', most: 'expectedMost', least: 'expectedLeast' } as const

/** What an answer is about, by its code: «Levy». */
export const answerName = ({ code }: Answer): string => t(`answer${code}` as AuthorityText)

/** What was expected and what was found: «at most $5.00, is $6.00». */
export const answerText = ({ rule, expected, found }: Answer): string =>
  `${t(EXPECTED[rule], { value: figureText(expected) })}, ${t('found', { value: figureText(found) })}`
