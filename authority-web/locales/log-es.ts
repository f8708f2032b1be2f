import type { logEn } from './log-en.ts'

/** The Spanish texts of the public log's screen. */
export const logEs = {
  logTitle: 'Registro público',
  logNone: 'Esta instalación no tiene registro público.',
  logWhy: 'Lo que {name} ha firmado, recalculado en esta página a partir de sus hojas.',
  logAway: 'El registro público no responde. Se volverá a preguntar.',
  logWrong:
    'El registro muestra un árbol que no es el que firmó. Guarda sus puntos de control y ejecuta «hexhail log compare».',
  logLeaves: 'Entradas',
  logIn: 'Viajes liquidados en él',
  logGaps: 'Viajes liquidados sin entrada',
  proveLeaves:
    'El árbol más grande que el registro ha firmado. Esta página vuelve a calcular cada raíz con todas las hojas y comprueba la firma.',
  proveIn:
    'Liquidaciones de las que un registro presentado es una hoja. Cada una tiene prueba de inclusión en el árbol más nuevo que el registro firmó y sus testigos refrendaron.',
  proveGaps:
    'Liquidaciones de las que ningún registro presentado está {n, plural, one {en la única hoja} other {entre las # hojas}}, leídas todas por esta página.',
  logCheckpoint: 'Entradas del árbol más nuevo',
  logRoot: 'Su raíz',
  logAnchored: 'Árbol más nuevo en la cadena',
  logAnchoredTree: '{n, plural, one {Una entrada} other {# entradas}}',
  logTrips: 'Viajes liquidados y sus entradas',
  logTrip: 'Viaje',
  logLeaf: 'Entrada',
  logProof: 'Prueba',
  logProve: 'Probarlo',
  logProveOne: 'Probarlo: guardar la prueba de que el viaje {trip} está en el registro',
  logNotIn: 'Presentado, no está en el registro',
  logUnfiled: 'Sin presentar',
  logCheckpoints: 'Puntos de control',
  logWitnesses: 'Testigos',
  logNobody: 'Nadie',
  logTree: 'Árbol',
  logFits: 'Como se firmó',
  logFitsNot: 'Otro',
  logReading: 'Leyendo el registro…',
  logAnchors: 'En la cadena',
  logChain: 'Cadena',
  logOnChain: 'Como lo calcula esta página',
  logNotOnChain: 'Otro, o ninguno',
  logUnasked: 'Sin consultar',
  logNoAnchors: 'Todavía no hay puntos de control en la cadena.',
  logTx: 'Transacción',
} satisfies Record<keyof typeof logEn, string>
