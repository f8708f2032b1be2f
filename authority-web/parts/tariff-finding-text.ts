import type { Finding } from '@hexhail/audit/tariff/finding.ts'
import { t } from '../text.ts'

/** A complaint in the reader's language. */
export const findingText = ({ code, data }: Finding): string => t(code, data)
