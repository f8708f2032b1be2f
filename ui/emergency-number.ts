import type { AppConfig } from '@hexhail/protocol/app-config.ts'

/** What every mobile network takes for a call for help. */
const EVERYWHERE = '112'

/** Countries (ISO 3166-1) whose people dial another number, for police where there is no common one. */
const OTHERS: Readonly<Record<string, string>> = {
  '000': 'AU',
  '100': 'IL NP',
  '105': 'PE',
  '110': 'BO CN JP TW',
  '111': 'NZ',
  '113': 'VN',
  '119': 'LK',
  '122': 'EG',
  '123': 'CO',
  '133': 'CL',
  '15': 'PK',
  '190': 'BR',
  '191': 'TH',
  '911': 'AR CA CR DO EC HN JO MX PA PH PY SA SV US UY VE',
  '999': 'AE BD GB HK KE MY SG',
  '10111': 'ZA',
}

/** The number to call in an emergency: as the deployment says, else that of its country. */
export function emergencyNumber({ emergency, country }: Pick<AppConfig, 'emergency' | 'country'>): string {
  if (emergency !== undefined) return emergency
  const found = Object.entries(OTHERS).find(([, countries]) => countries.split(' ').includes(country ?? ''))
  return found?.[0] ?? EVERYWHERE
}
