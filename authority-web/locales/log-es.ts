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
  logAnchors: 'En la cadena, según el registro',
  logNoAnchors: 'Todavía no hay puntos de control en la cadena.',
  logTx: 'Transacción',
} satisfies Record<keyof typeof logEn, string>
