import { createT } from '../i18n.ts'

/** Who knows what, as far as it is the same for riders and drivers (THREATS.md has the whole table). */
export const tell = createT({
  en: {
    intro: 'What each one learns, and what not. It holds for everybody: there is no company that sees more.',
    learns: 'Learns',
    not: 'Does not learn',
    nothing: 'Nothing.',
    relay: 'A relay: a computer that passes messages on',
    relayLearns:
      'Your IP address, the cells of 5 km² that you ask in or listen in, when and how much you send.',
    relayNot:
      'What you write, names, exact places. It could guess from the times which messages belong together.',
    chain: 'Everybody, by the chain',
    chainLearns: 'The two accounts, the fare, its metres and seconds, the times.',
    chainNot: 'Any place, any name.',
    node: 'The chain’s node that this page asks',
    nodeLearns: 'Your IP address together with your account.',
    nodeNot: 'Places and names.',
    city: 'The city',
    cityLearns:
      'Each trip’s figures, the driver’s account and two cells of 5 km², sealed to the city’s key, to check the fare.',
    cityNot: 'Exact places and names.',
    map: 'Map and place search',
    mapLearns: 'Nothing: the whole city is on your device.',
    mapNot: 'Where you look and what you type.',
    limits: 'What this cannot hide',
    limitIp:
      'Relays see IP addresses. The other person’s device sees yours only if both of you turned «Hide my internet address» off, and only once the driver is on the way to you.',
    limitTime: 'A relay that watches closely can match a request and a ride by their times.',
    limitAccount:
      'Accounts and fares are public for ever: who knows your account can count your rides and guess their length.',
    stored: 'Kept on this device',
    storedNote:
      'Your rides with their places and receipts, for 90 days. Nobody else has them. A ride whose money is still open stays until it is closed.',
    forget: 'Delete my rides from this device',
    forgetSure: 'Delete them now: receipts cannot be brought back',
    forgotten: 'Your rides are deleted from this device.',
    keep: 'Keep them',
    hide: 'Hide my internet address',
    hideNote:
      'Talk through relays only. Turned off by both of you, your two devices talk without a relay during a ride where they can: a little faster, and each sees the other’s internet address.',
    pathDirect: 'This ride goes straight between the two devices.',
    pathRelay: 'Nothing goes without a relay now.',
  },
  es: {
    intro: 'Qué sabe cada uno y qué no. Vale para todos: no hay ninguna empresa que vea más.',
    learns: 'Sabe',
    not: 'No sabe',
    nothing: 'Nada.',
    relay: 'Un relé: una computadora que pasa los mensajes',
    relayLearns: 'Tu dirección IP, las celdas de 5 km² en las que pides o escuchas, cuándo y cuánto envías.',
    relayNot:
      'Lo que escribes, nombres, lugares exactos. Por las horas podría adivinar qué mensajes van juntos.',
    chain: 'Todos, por la cadena',
    chainLearns: 'Las dos cuentas, la tarifa, sus metros y segundos, las horas.',
    chainNot: 'Ningún lugar, ningún nombre.',
    node: 'El nodo de la cadena al que pregunta esta página',
    nodeLearns: 'Tu dirección IP junto con tu cuenta.',
    nodeNot: 'Lugares y nombres.',
    city: 'La ciudad',
    cityLearns:
      'Las cifras de cada viaje, la cuenta del conductor y dos celdas de 5 km², selladas a su llave, para revisar la tarifa.',
    cityNot: 'Lugares exactos y nombres.',
    map: 'El mapa y la búsqueda',
    mapLearns: 'Nada: toda la ciudad está en tu dispositivo.',
    mapNot: 'Dónde miras y qué escribes.',
    limits: 'Lo que esto no puede ocultar',
    limitIp:
      'Los relés ven direcciones IP. El dispositivo de la otra persona ve la tuya solo si los dos apagaron «Ocultar mi dirección de internet», y solo cuando el conductor ya va en camino.',
    limitTime: 'Un relé que observa con cuidado puede unir un pedido y un viaje por sus horas.',
    limitAccount:
      'Cuentas y tarifas son públicas para siempre: quien conoce tu cuenta puede contar tus viajes y adivinar su largo.',
    stored: 'Guardado en este dispositivo',
    storedNote:
      'Tus viajes con sus lugares y recibos, por 90 días. Nadie más los tiene. Un viaje con dinero abierto queda hasta que se cierre.',
    forget: 'Borrar mis viajes de este dispositivo',
    forgetSure: 'Borrarlos ya: los recibos no se recuperan',
    forgotten: 'Tus viajes se borraron de este dispositivo.',
    keep: 'Conservarlos',
    hide: 'Ocultar mi dirección de internet',
    hideNote:
      'Hablar solo por relés. Si los dos lo apagan, sus dispositivos hablan sin relé durante un viaje cuando pueden: algo más rápido, y cada uno ve la dirección de internet del otro.',
    pathDirect: 'Este viaje va directo entre los dos dispositivos.',
    pathRelay: 'Ahora nada va sin relé.',
  },
})
