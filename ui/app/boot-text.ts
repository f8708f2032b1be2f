import { createT } from '../i18n.ts'

/** The texts of the start, shared by the apps. */
export const say = createT({
  en: {
    opening: 'Opening Hexhail',
    config: 'Looking for this city’s network…',
    city: 'Loading the streets…',
    chain: 'Asking the chain for the tariff…',
    network: 'Joining the network…',
    otherTab: 'Hexhail is open in another tab',
    otherTabWhy:
      'Only one tab may act for you at a time. Close the other one and this one goes on by itself.',
    failed: 'Hexhail could not start',
    noConfig:
      'This page’s server does not say which network to use. Start it with «npm start», then try again.',
    again: 'Try again',
  },
  es: {
    opening: 'Abriendo Hexhail',
    config: 'Buscando la red de esta ciudad…',
    city: 'Cargando las calles…',
    chain: 'Consultando la tarifa en la cadena…',
    network: 'Entrando en la red…',
    otherTab: 'Hexhail está abierto en otra pestaña',
    otherTabWhy: 'Solo una pestaña puede actuar por ti. Cierra la otra y esta sigue sola.',
    failed: 'Hexhail no pudo empezar',
    noConfig: 'El servidor de esta página no dice qué red usar. Inícialo con «npm start» y prueba otra vez.',
    again: 'Probar otra vez',
  },
})
