import { formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { t } from './text.ts'

/** A shorter time is no longer counted down, seconds: a car that waits for a light would make it a lie. */
const NEARLY_S = 20

/** When the car is there, in words. */
export const arrivalWords = (etaS: number): string =>
  etaS < NEARLY_S ? t('almostThere') : t('comingIn', { eta: formatDuration(etaS, locale.value) })
