"""Why a password is refused, in words."""

SENTENCES = {
    "password_short": (
        "Kata sandi paling sedikit {shortest} huruf; beberapa kata yang tidak berkaitan mudah diingat"
    ),
    "password_long": "Kata sandi paling banyak {longest} huruf",
    "password_common": "Kata sandi itu mudah ditebak; pakai beberapa kata yang tidak berkaitan",
}
