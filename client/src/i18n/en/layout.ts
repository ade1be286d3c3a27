/** How the stage is laid out. */
export const layout = {
  grid: 'Grid view',
  speaker: 'Speaker view',
  hideSelf: 'Hide my own picture',
  showSelf: 'Show my own picture',
  hideWithoutVideo: 'Hide people without video',
  showWithoutVideo: 'Show people without video',
};
