import { describe, expect, test } from '@jest/globals';
import { DARK, LIGHT, PERSON_LIGHTNESS, PERSON_SATURATION, STAGE } from './theme.ts';

/** WCAG 2.2 AA for text below 18 pt. */
const AA_TEXT = 4.5;
/** The same for the edges of controls. */
const AA_EDGE = 3;

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The hex form of an HSL colour; hue in degrees, the others 0 to 1. */
function hex(hue: number, saturation: number, lightness: number): string {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value =
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

const schemes = { light: LIGHT, dark: DARK };

describe.each(Object.entries(schemes))('%s scheme', (_name, scheme) => {
  const surfaces = Object.entries(scheme.background);
  const inks = {
    'text.primary': scheme.text.primary,
    'text.secondary': scheme.text.secondary,
    primary: scheme.primary.main,
    error: scheme.error.main,
    warning: scheme.warning.main,
    success: scheme.success.main,
  };

  test.each(
    Object.entries(inks).flatMap(([ink, colour]) =>
      surfaces.map(([name, surface]) => [ink, name, colour, surface]),
    ),
  )('%s reads on background.%s', (_ink, _surface, colour, surface) => {
    expect(contrast(String(colour), String(surface))).toBeGreaterThanOrEqual(AA_TEXT);
  });

  test.each(['primary', 'error', 'warning', 'success', 'info'] as const)(
    'text reads on a filled %s',
    (name) => {
      expect(contrast(scheme[name].contrastText, scheme[name].main)).toBeGreaterThanOrEqual(AA_TEXT);
    },
  );
});

test.each(Object.entries(schemes))('the edge of a field is seen in the %s scheme', (_name, scheme) => {
  for (const surface of Object.values(scheme.background)) {
    expect(contrast(scheme.outline, surface)).toBeGreaterThanOrEqual(AA_EDGE);
  }
});

describe('stage', () => {
  test.each(['contrastText', 'mutedText', 'accent', 'warning'] as const)(
    '%s reads on every surface',
    (ink) => {
      for (const surface of [STAGE.main, STAGE.tile, STAGE.raised]) {
        expect(contrast(STAGE[ink], surface)).toBeGreaterThanOrEqual(AA_TEXT);
      }
    },
  );

  test('text reads on filled controls', () => {
    expect(contrast(STAGE.accentContrastText, STAGE.accent)).toBeGreaterThanOrEqual(AA_TEXT);
    expect(contrast(STAGE.dangerContrastText, STAGE.danger)).toBeGreaterThanOrEqual(AA_TEXT);
    expect(contrast(STAGE.warningContrastText, STAGE.warning)).toBeGreaterThanOrEqual(AA_TEXT);
  });

  test('initials read on every hue', () => {
    for (let hue = 0; hue < 360; hue += 1) {
      const background = hex(hue, PERSON_SATURATION, PERSON_LIGHTNESS);
      expect(contrast(STAGE.contrastText, background)).toBeGreaterThanOrEqual(AA_TEXT);
    }
  });
});
