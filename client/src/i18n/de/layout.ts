export const layout = {
  grid: 'Rasteransicht',
  speaker: 'Sprecheransicht',
  hideSelf: 'Eigenes Bild ausblenden',
  showSelf: 'Eigenes Bild einblenden',
  hideWithoutVideo: 'Personen ohne Video ausblenden',
  showWithoutVideo: 'Personen ohne Video einblenden',
};
