import { createT } from '@hexhail/ui/i18n.ts'
import { en } from './locales/en.ts'
import { es } from './locales/es.ts'

/** The driver's texts by key. */
export const t = createT({ en, es })

/** A key of the driver's texts. */
export type TextKey = keyof typeof en
