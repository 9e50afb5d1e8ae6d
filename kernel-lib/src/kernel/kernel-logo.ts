/** What the launcher shows for the kernel: two distributions that have moved apart. */
export const KERNEL_LOGO: string =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 24 24"><g fill="#1976d2">' +
  '<path fill-opacity=".45" d="M1 20c3.2 0 3.7-15 7.5-15S12.8 20 16 20z"/>' +
  '<path d="M8 20c3.2 0 3.7-15 7.5-15S19.8 20 23 20zm2.900-1.800h9.200C18.300 16 17.300 7 15.500 7s-2.800 9-4.600 11.200z"/></g></svg>\n';
