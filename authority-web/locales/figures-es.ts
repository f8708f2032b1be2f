import type { figuresEn } from './figures-en.ts'

/** The Spanish texts of the treasury and the open figures. */
export const figuresEs: { readonly [K in keyof typeof figuresEn]: string } = {
  treasury: 'Tesorería',
  treasuryTitle: 'Tesorería',
  treasuryWhy: 'La tasa que dejan los viajes liquidados y otros pagos, cada cifra con lo que la respalda.',
  levyDue: 'Tasa debida',
  levyWaiting: 'Espera en la cadena',
  levyCollected: 'Cobrada',
  proveDue:
    'El campo «levy» de cada liquidación, y la parte de la tarifa de cada reclamo, cancelación y disputa que pagó, sumados.',
  proveWaiting: 'Lo que la bóveda en la cadena dice tener para cada tarifa de esta autoridad, sumado.',
  proveCollected: 'La tasa debida según los eventos, menos lo que la bóveda tiene cuando se calcula.',
  levyWeek: 'Semana (UTC)',
  levyOfTrips: 'Tasa de viajes',
  otherPays: 'Otros pagos',
  levyOfOthers: 'Tasa de ellos',
  levyByWeek: 'Tasa por semana',
  levyPots: 'Tasa por tarifa',
  levyPotsWhy:
    '«Espera» es lo que la bóveda en la cadena dice tener para la tarifa. Cobrada es la debida menos la que espera.',
  levyUnexplained:
    'La cadena tiene más de lo que explican los pagos vistos aquí. Espere a que se lean todos los bloques y pregunte de nuevo.',
  levyOthers: 'Reclamos, cancelaciones y disputas que pagaron',
  levyProveWeek: 'Probarlo: los viajes liquidados de {week}, tarifa {n}',
  levyProvePot: 'Volver a preguntar a la cadena: la tasa de la tarifa {n}',
  publish: 'Publicar',
  publishTitle: 'Cifras abiertas',
  publishWhy:
    'Lo que diría una publicación, calculado en esta página con los registros abiertos. Aquí no se publica nada, y estas cuentas exactas son solo para la autoridad.',
  publishWhat: 'Cifras',
  cube_flows: 'Adónde va la gente',
  cube_hours: 'Cuándo sale',
  cube_fares: 'Cuánto cuestan los viajes',
  publishMonth: 'Mes',
  publishWeek: 'Semana',
  publishTrips: 'Viajes con registro',
  publishRows: 'Filas',
  provePublishTrips: 'Liquidaciones del período cuyo registro está abierto aquí y cuyo viaje empezó.',
  provePublishRows:
    'Grupos de al menos tantos pasajeros, calculados de nuevo con los registros de estas liquidaciones; sin ruido.',
  provePublishCoarser: 'La parte de los viajes contados cuya fila no es de la clase más fina.',
  provePublishKept: 'La parte de los viajes contados que solo está en la fila del total, o en ninguna.',
  publishCoarser: 'En filas más gruesas',
  publishKept: 'Sin zona',
  publishBeyond:
    '{n, plural, one {Un viaje no cuenta} other {# viajes no cuentan}}: el mismo pasajero tiene otros.',
  publishFew: 'Menos de {k} pasajeros: no se publicaría ninguna fila',
  publishPreview: 'Filas de la publicación, antes del ruido',
  publishLevel: 'Nivel',
  publishHour: 'Hora de la semana',
  publishWhole: 'En todas partes',
  publishGuard: 'Qué protege a los pasajeros',
  guardGroup: 'Ninguna fila tiene menos de {k} pasajeros.',
  guardCoarser:
    'Los grupos menores pasan a una zona mayor o a un tiempo más largo, y los últimos a una fila que no nombra lugar.',
  guardBound: 'Un pasajero cuenta con pocos viajes, así nadie que viaje mucho se destaca.',
  guardNoise:
    'Cada cifra recibe ruido (épsilon {epsilon} por publicación, a lo sumo {budget} por mes o semana). Lo publicado una vez no se hace de nuevo.',
  releases: 'Privacidad gastada hasta ahora, por publicación',
  releasesWhy:
    'Cada publicación gasta privacidad de su período, y ninguna se hace dos veces. El sha256 de un archivo publicado debe ser el de su fila; la publicación está también en el libro público, firmada, si se le dijo.',
  proveReleases:
    'Publicaciones que la autoridad firmó en el registro público, cada una con el sha256 de su archivo, su épsilon y la suma de todas las anteriores.',
  proveEpsilon:
    'Suma de las publicaciones que están en el registro público; la suma en cada una debe ser la de todas las anteriores: no falta ninguna antes.',
  releaseLeaf: 'Hoja del registro',
  releaseUntold: 'No se le dijo',
  releasesNone: 'Todavía no se publicó nada: queda toda la privacidad.',
  releasesAway: 'El nodo de auditoría no dice qué se publicó.',
  releasesHidden:
    '{n, plural, one {El registro público tiene una publicación} other {El registro público tiene # publicaciones}} que el nodo de auditoría no muestra: {files}',
  releasesWithheld:
    'El registro retiene {n, plural, one {una entrada} other {# entradas}} del árbol que firmó: ahí puede estar lo publicado.',
  releaseCount: 'Publicaciones',
  releaseWhat: 'Cifras',
  releasePeriod: 'Período',
  releaseEpsilon: 'Épsilon',
  releaseLeft: 'Queda del período',
  epsilonSpent: 'Épsilon gastado',
  releaseFile: 'sha256 del archivo',
  publishHow: 'Cómo publicar',
  publishHowText:
    'Ejecute esto en el nodo de auditoría. Genera el ruido, escribe los archivos y anota la publicación en el libro de épsilon.',
}
