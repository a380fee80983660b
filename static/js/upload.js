// A word while a file travels, and no waiting for one that would be refused. The form works without this file.
"use strict";

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-upload-status]");
  const megabytes = (size) => (size / 1048576).toFixed(1).replace(".", ",");

  const tooLarge = () => {
    const file = input.files[0];
    return file && file.size > Number(input.dataset.max);
  };

  input.addEventListener("change", () => {
    const file = input.files[0];
    status.classList.toggle("is-refused", Boolean(tooLarge()));
    if (!file) status.textContent = "";
    else if (tooLarge()) {
      status.textContent = `Tệp nặng ${megabytes(file.size)} MB, lớn hơn ${megabytes(Number(input.dataset.max))} MB nên không gửi được. Hãy giảm dung lượng hoặc chia thành nhiều tệp.`;
    } else status.textContent = `Tệp nặng ${megabytes(file.size)} MB.`;
  });

  form.addEventListener("submit", (event) => {
    if (tooLarge()) {
      event.preventDefault();
      event.stopPropagation();
      input.focus();
    } else if (input.files[0]) {
      status.textContent = "Đang tải lên, xin đợi và không đóng trang này…";
    }
  });
});
