/** Colours of the map, by day and by night. */
export interface MapPalette {
  readonly land: string
  readonly sea: string
  readonly park: string
  readonly sand: string
  readonly built: string
  readonly building: string
  readonly buildingLine: string
  readonly street: string
  readonly casing: string
  readonly tertiary: string
  readonly secondary: string
  readonly primary: string
  readonly motorway: string
  readonly path: string
  readonly rail: string
  readonly text: string
  readonly placeText: string
  readonly waterText: string
  readonly halo: string
  readonly route: string
  readonly routeCasing: string
  /** A leg by car beside legs by lines. */
  readonly ride: string
  readonly cell: string
  readonly cellLine: string
}

/** Warm paper, white streets, a pale river. */
export const DAY: MapPalette = {
  land: '#f0ece2',
  sea: '#c3dde8',
  park: '#d3e6c4',
  sand: '#f1e4bf',
  built: '#e9e4d8',
  building: '#e6e0d3',
  buildingLine: '#d8d0c0',
  street: '#ffffff',
  casing: '#d9d1bf',
  tertiary: '#ffffff',
  secondary: '#fff3cf',
  primary: '#ffe6a0',
  motorway: '#ffd470',
  path: '#cfc6b3',
  rail: '#b3ac9d',
  text: '#4a4f5c',
  placeText: '#1d2740',
  waterText: '#2f6178',
  halo: '#ffffff',
  route: '#0b5c63',
  routeCasing: '#ffffff',
  ride: '#c26a00',
  cell: '#00676b',
  cellLine: '#00676b',
}

/** Lit avenues over a dark town; the river is the darkest. */
export const NIGHT: MapPalette = {
  land: '#121a2d',
  sea: '#081222',
  park: '#132c2b',
  sand: '#2b2a2a',
  built: '#161f35',
  building: '#1d2842',
  buildingLine: '#26334f',
  street: '#2e3a58',
  casing: '#0f1627',
  tertiary: '#3c4a6d',
  secondary: '#586488',
  primary: '#8a7446',
  motorway: '#b98f3d',
  path: '#29344f',
  rail: '#3b4562',
  text: '#b3bdd4',
  placeText: '#eef0f6',
  waterText: '#6f9bb5',
  halo: '#0d1424',
  route: '#57d9cf',
  routeCasing: '#06231f',
  ride: '#ffc21a',
  cell: '#57d9cf',
  cellLine: '#57d9cf',
}
