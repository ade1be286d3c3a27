export const layout = {
  grid: 'Rasteransicht',
  speaker: 'Sprecheransicht',
  share: 'Geteilten Bildschirm zeigen',
  hideSelf: 'Eigenes Bild ausblenden',
  showSelf: 'Eigenes Bild einblenden',
  hideWithoutVideo: 'Personen ohne Video ausblenden',
  showWithoutVideo: 'Personen ohne Video einblenden',
  shares: { label: 'Was groß gezeigt wird', of: 'Bildschirm von {{name}}', grid: 'Raster' },
  floating: {
    open: 'Bild im Bild',
    close: 'Bild im Bild schließen',
    failed: 'Dein Browser hat das Fenster nicht geöffnet. Versuch es gleich noch einmal.',
  },
  hand: 'Hand gehoben, Nummer {{place}}',
};
