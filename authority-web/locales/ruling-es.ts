import type { rulingEn } from './ruling-en.ts'

/** The Spanish texts of disputes and rulings. */
export const rulingEs = {
  disputes: 'Disputas que esperan un fallo',
  disputesWhy:
    'El pasajero impugna lo que reclama el conductor. Sin fallo, pasado el plazo, la mitad a cada uno.',
  disputeOf: '{trip}: {money} en disputa',
  ruleTitle: 'Fallar',
  ruleLooking: 'Se pregunta a la cadena…',
  ruleAway: 'La cadena no responde: vuelva a cargar la página.',
  ruleNothing: 'Nada se disputa de este viaje.',
  ruleClosed: 'Esta disputa está cerrada.',
  ruleUnknown: 'Se reclamó a través de otro contrato, así que sus términos no están en la cadena.',
  ruleArbiter: 'Árbitro',
  ruleAdmitted: 'Admitido y pagado al conductor',
  ruleDisputed: 'En disputa',
  ruleBefore: 'Plazo para fallar',
  ruleAmount: 'De lo disputado, al conductor',
  ruleAmountNot: 'Desde nada hasta todo lo disputado.',
  ruleToDriver: 'El conductor recibe',
  ruleToRider: 'El pasajero recupera',
  ruleReason: 'Motivo',
  ruleReasonHint: 'Queda en el registro público, firmado, a la vista de todos: no nombre a nadie.',
  ruleDone: 'Fallado. El fallo pasa al registro público.',
  ruleDoneNoReason: 'Fallado. El registro público no tomó el motivo: póngalo con «hexhail audit rule».',
  ruleNotArbiter: 'Esta billetera no es el árbitro de este viaje.',
  ruleFailed: 'No se falló: {why}',
} satisfies Record<keyof typeof rulingEn, string>
