export const auth = {
  dialog: 'Anmelden oder ein Konto anlegen',
  create: 'Konto anlegen',
  email: 'E-Mail-Adresse',
  passwordHint_one: 'Mindestens {{count}} Zeichen',
  passwordHint_other: 'Mindestens {{count}} Zeichen',
};
