/** What is wrong with a field of a form, below it. */
export const fields = {
  empty: 'This can’t be empty',
  tooShort_one: 'It needs at least {{count}} character',
  tooShort_other: 'It needs at least {{count}} characters',
  tooLong_one: 'It can have at most {{count}} character',
  tooLong_other: 'It can have at most {{count}} characters',
  tooSmall: 'It must be {{limit}} or more',
  tooBig: 'It must be {{limit}} or less',
  notANumber: 'This is not a number',
  notWhole: 'It must be a whole number',
  notAnEmail: 'This is not an email address',
  invisible: 'It can’t contain invisible characters',
};
