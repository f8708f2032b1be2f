import { createT } from '@hexhail/ui/i18n.ts'
import { en } from './locales/en.ts'
import { es } from './locales/es.ts'
import { travelEn } from './locales/travel-en.ts'
import { travelEs } from './locales/travel-es.ts'

const EN = { ...en, ...travelEn }

/** The rider's texts by key. */
export const t = createT({ en: EN, es: { ...es, ...travelEs } })

/** A key of the rider's texts. */
export type TextKey = keyof typeof EN
