/** How the stage is laid out. */
export const layout = {
  grid: 'Grid view',
  speaker: 'Speaker view',
  share: 'Show what is shared',
  hideSelf: 'Hide my own picture',
  showSelf: 'Show my own picture',
  hideWithoutVideo: 'Hide people without video',
  showWithoutVideo: 'Show people without video',
  /** While somebody shares: what is the large tile. `of` stands on a button, and `grid` beside it. */
  shares: { label: 'What is large', of: '{{name}}’s screen', grid: 'Grid' },
  /** A small window above all others, with whoever speaks. */
  floating: {
    open: 'Picture-in-picture',
    close: 'Close picture-in-picture',
    failed: 'Your browser didn’t open the window. Try again in a moment.',
  },
  /** Place in the order of raised hands. */
  hand: 'Raised hand, number {{place}}',
};
