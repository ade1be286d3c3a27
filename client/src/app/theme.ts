/**
 * Every token of the looks: colours, type, radii, motion. Components take them from here (`sx`, `theme.vars`)
 * and set no raw colour. The light or dark scheme is an attribute on <html>, so that switching needs no
 * re-render and a page may choose its own: the meeting sets "dark" on the body, because its stage is near-black in
 * both.
 */
import { createTheme } from '@mui/material/styles';
import type { PaletteOptions } from '@mui/material/styles';

/** Also read by the inline script in index.html, which applies the scheme before the first paint. */
export const COLOR_SCHEME_ATTRIBUTE = 'data-color-scheme';
export const COLOR_MODE_STORAGE_KEY = 'vcallpe.colorMode';

/** Colours of the meeting. Video must read the same in either scheme, so there is one set. */
export interface StagePalette {
  /** The stage behind the tiles. */
  main: string;
  /** A tile without video. */
  tile: string;
  /** Bars, panels and sheets on the stage. */
  raised: string;
  border: string;
  contrastText: string;
  mutedText: string;
  /** The ring of a speaker, and controls that are on. */
  accent: string;
  accentContrastText: string;
  danger: string;
  dangerContrastText: string;
  warning: string;
  warningContrastText: string;
  /** Behind text that lies on video. */
  pill: string;
}

export const STAGE: StagePalette = {
  main: '#0E1116',
  tile: '#1A1F27',
  raised: '#181D25',
  border: '#2C3440',
  contrastText: '#F2F4F7',
  mutedText: '#A3ADBA',
  accent: '#12A594',
  accentContrastText: '#04201C',
  danger: '#D43D48',
  dangerContrastText: '#FFFFFF',
  warning: '#F2B155',
  warningContrastText: '#2B1A00',
  pill: 'rgba(14, 17, 22, 0.72)',
};

/** The accent #12A594 itself is too light for white text, so each scheme has the shade that reaches AA. */
export const LIGHT = {
  primary: { main: '#0B7A6E', dark: '#086158', light: '#12A594', contrastText: '#FFFFFF' },
  error: { main: '#C62F3B', dark: '#A3222D', light: '#E5606A', contrastText: '#FFFFFF' },
  warning: { main: '#8F5A00', dark: '#704600', light: '#C98A1B', contrastText: '#FFFFFF' },
  success: { main: '#1D7A3D', dark: '#155E2E', light: '#3C9C5C', contrastText: '#FFFFFF' },
  info: { main: '#0B7A6E', dark: '#086158', light: '#12A594', contrastText: '#FFFFFF' },
  background: { default: '#F7F8FA', paper: '#FFFFFF' },
  text: { primary: '#14181F', secondary: '#5A6472', disabled: '#8B95A3' },
  divider: '#E1E5EA',
  outline: '#7C8794',
  stage: STAGE,
} satisfies PaletteOptions;

export const DARK = {
  primary: { main: '#2CC3B0', dark: '#12A594', light: '#5CD8C8', contrastText: '#05201C' },
  error: { main: '#FF7A80', dark: '#E5606A', light: '#FF9DA1', contrastText: '#2A0507' },
  warning: { main: '#F2B155', dark: '#D9922B', light: '#F7C985', contrastText: '#2B1A00' },
  success: { main: '#5CCB85', dark: '#3CA864', light: '#86DDA6', contrastText: '#05210F' },
  info: { main: '#2CC3B0', dark: '#12A594', light: '#5CD8C8', contrastText: '#05201C' },
  background: { default: '#14181F', paper: '#1C222B' },
  text: { primary: '#F2F4F7', secondary: '#A3ADBA', disabled: '#6B7685' },
  divider: '#2C3440',
  outline: '#6B7685',
  stage: STAGE,
} satisfies PaletteOptions;

declare module '@mui/material/styles' {
  interface CssThemeVariables {
    enabled: true;
  }
  interface Palette {
    /** Edge of a field: what shows that one can type there. */
    outline: string;
    stage: StagePalette;
  }
  interface PaletteOptions {
    outline?: string;
    stage?: StagePalette;
  }
  interface Mixins {
    /** Behind the initials of a person. @param hue in degrees, see `hueOf`. */
    person: (hue: number) => { backgroundColor: string; color: string };
  }
  interface Shape {
    /** Tiles and cards. */
    tileRadius: string;
    pillRadius: string;
  }
  interface ShapeOptions {
    tileRadius?: string;
    pillRadius?: string;
  }
}

/** Dark enough in every hue for light initials to reach AA. */
export const PERSON_SATURATION = 0.4;
export const PERSON_LIGHTNESS = 0.3;

function personColour(hue: number): string {
  return `hsl(${hue} ${PERSON_SATURATION * 100}% ${PERSON_LIGHTNESS * 100}%)`;
}

const CONTROL_RADIUS_PX = 8;
const TILE_RADIUS = '12px';
/** Smallest side of anything one taps. */
const TARGET_PX = 44;
/** A phone that lies on its side: height is scarce, so what is around the content gets less of it. */
export const LOW = '@media (max-height: 500px)';

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: COLOR_SCHEME_ATTRIBUTE },
  colorSchemes: { light: { palette: LIGHT }, dark: { palette: DARK } },
  spacing: 8,
  shape: { borderRadius: CONTROL_RADIUS_PX, tileRadius: TILE_RADIUS, pillRadius: '999px' },
  focusVisible: true,
  mixins: { person: (hue) => ({ backgroundColor: personColour(hue), color: STAGE.contrastText }) },
  motion: { reducedMotion: 'system' },
  transitions: {
    duration: {
      shortest: 100,
      shorter: 150,
      short: 150,
      standard: 200,
      complex: 200,
      enteringScreen: 200,
      leavingScreen: 150,
    },
    easing: { easeInOut: 'ease-out', easeOut: 'ease-out', easeIn: 'ease-out', sharp: 'ease-out' },
  },
  typography: {
    fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
    h1: {
      fontSize: 'clamp(2rem, 1.4rem + 2.2vw, 3rem)',
      fontWeight: 680,
      letterSpacing: '-0.022em',
      lineHeight: 1.12,
      [LOW]: { fontSize: '1.75rem' },
    },
    h2: { fontSize: '1.75rem', fontWeight: 650, letterSpacing: '-0.016em', lineHeight: 1.25 },
    h3: { fontSize: '1.125rem', fontWeight: 620, letterSpacing: '-0.008em', lineHeight: 1.4 },
    h6: { fontSize: '1.125rem', fontWeight: 620, letterSpacing: '-0.008em', lineHeight: 1.4 },
    subtitle1: { fontWeight: 550 },
    button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { minHeight: '100dvh' },
        '#root': { minHeight: '100dvh', display: 'flex', flexDirection: 'column' },
        // MUI's own motion follows the system by `motion` above; this is for what components add to it.
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { transitionDuration: '0s !important' },
        },
      },
    },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { minHeight: TARGET_PX, paddingInline: 18 },
        sizeSmall: { minHeight: 36, paddingInline: 12 },
        sizeLarge: { minHeight: 52, paddingInline: 24, fontSize: '1rem' },
      },
    },
    MuiIconButton: { styleOverrides: { sizeMedium: { minWidth: TARGET_PX, minHeight: TARGET_PX } } },
    MuiMenuItem: {
      styleOverrides: {
        // MUI makes them lower from its `sm` on.
        root: ({ theme }) => ({
          minHeight: TARGET_PX,
          [theme.breakpoints.up('sm')]: { minHeight: TARGET_PX },
        }),
      },
    },
    MuiOutlinedInput: {
      styleOverrides: { notchedOutline: ({ theme }) => ({ borderColor: theme.vars.palette.outline }) },
    },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: {
      defaultProps: { variant: 'outlined' },
      styleOverrides: { root: { borderRadius: TILE_RADIUS } },
    },
    MuiDialog: {
      styleOverrides: {
        paper: { borderRadius: TILE_RADIUS, [LOW]: { marginBlock: 8, maxHeight: 'calc(100% - 16px)' } },
      },
    },
    MuiTooltip: { defaultProps: { enterDelay: 400 } },
    MuiSkeleton: { defaultProps: { animation: 'wave' } },
  },
});
