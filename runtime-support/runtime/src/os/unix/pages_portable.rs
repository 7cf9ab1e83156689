//! Pages as every system treats them: images are copied, memory is unmapped to be rid of it.

/// # Safety
/// As on other systems; nothing is done here.
pub unsafe fn populate(_start: *mut u8, _bytes: usize) {}

/// # Safety
/// As on other systems; memory must be unmapped instead.
pub unsafe fn discard(_start: *mut u8, _bytes: usize) -> bool {
    false
}

/// Whether [`share_image`] may be tried on these bytes.
pub fn can_share_image(_image: &[u8]) -> bool {
    false
}

/// # Safety
/// As on other systems; nothing is done here.
pub unsafe fn share_image(_image: &[u8], _destination: *mut u8) -> bool {
    false
}
