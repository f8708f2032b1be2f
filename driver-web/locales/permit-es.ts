import type { permitEn } from './permit-en.ts'

/** Texts about the permit, in Spanish. */
export const permitEs: Readonly<Record<keyof typeof permitEn, string>> = {
  permitTitle: 'Permiso para manejar',
  permitWhy:
    'La ciudad da los permisos en la cadena. La bóveda rechaza la tarifa de un conductor sin permiso.',
  permitNone: 'Esta cuenta todavía no tiene permiso.',
  permitEnded: 'Tu permiso venció el {day}.',
  permitUntil: 'Permiso hasta {day}',
  permitAsk: 'Pedir el permiso',
  permitDemo:
    'Esto es una demostración: su autoridad no mira papeles y lo da enseguida. También recibes algo de moneda para los costos de la cadena.',
  permitWhere:
    'Complétalo para la autoridad de transporte de {place}. Ella decide; después tu permiso llega solo a este dispositivo.',
  permitAccount: 'Tu cuenta',
  permitCheck: 'Mirar otra vez',
  permitDone: 'Tienes permiso',
  papersTitle: 'Tu solicitud',
  papersWhy:
    'Va solo a la autoridad de transporte, sellada con su clave. A los pasajeros se les muestra después tu nombre, tu foto y el auto con su matrícula: nada más.',
  photoAdd: 'Agregar una foto de tu cara',
  photoOther: 'Otra foto',
  photoYours: 'Tu foto',
  photoNone: 'El navegador no puede leer este archivo como foto. Prueba con otro.',
  photoWhy:
    'La foto queda en este dispositivo; una copia pequeña va, sellada, a la autoridad y al pasajero que llevas.',
  paper_licence: 'Número de libreta de conducir',
  paper_make: 'Marca',
  paper_model: 'Modelo',
  paper_colour: 'Color',
  paper_inspection: 'Inspección hasta',
  paper_insurance: 'Seguro hasta',
  dayOver: 'Pon un día que no haya pasado.',
  propulsion: 'Anda con',
  propulsion_combustion: 'Nafta',
  propulsion_combustion_diesel: 'Diésel',
  propulsion_hybrid: 'Híbrido',
  propulsion_plug_in_hybrid: 'Híbrido enchufable',
  propulsion_electric: 'Electricidad',
  propulsion_hydrogen_fuel_cell: 'Hidrógeno',
  standing_waiting: 'La autoridad tiene tu solicitud. Esta página busca su respuesta por sí sola.',
  standing_granted: 'Concedido: se está retirando tu permiso.',
  standing_refused: 'La autoridad rechazó la solicitud.',
  standing_suspended: 'La autoridad suspendió tu permiso.',
  standing_revoked: 'La autoridad te retiró el permiso.',
  reason_licence: 'El número de libreta no está bien.',
  reason_photo: 'La foto no te muestra bien.',
  reason_car: 'El auto no está bien.',
  reason_papers: 'Un papel del auto está vencido.',
  reason_conduct: 'El motivo es tu conducta como conductor: pregunta a la autoridad.',
  reason_asked: 'Lo pediste tú, o volviste a solicitarlo.',
  reason_other: 'Pregunta el motivo a la autoridad.',
  noCard:
    'Las credenciales de tu permiso no están en este dispositivo: los pasajeros no pueden comprobar quién llega. Pídelo otra vez para tenerlas aquí.',
}
