export const fields = {
  empty: 'Hier fehlt etwas',
  tooShort_one: 'Mindestens {{count}} Zeichen',
  tooShort_other: 'Mindestens {{count}} Zeichen',
  tooLong_one: 'Höchstens {{count}} Zeichen',
  tooLong_other: 'Höchstens {{count}} Zeichen',
  tooSmall: 'Mindestens {{limit}}',
  tooBig: 'Höchstens {{limit}}',
  notANumber: 'Das ist keine Zahl',
  notWhole: 'Es muss eine ganze Zahl sein',
  notAnEmail: 'Das ist keine E-Mail-Adresse',
  invisible: 'Unsichtbare Zeichen gehen hier nicht',
};
