export const auth = {
  dialog: 'Sign in or create an account',
  create: 'Create account',
  email: 'Email',
  passwordHint_one: 'At least {{count}} character',
  passwordHint_other: 'At least {{count}} characters',
};
