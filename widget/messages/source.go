package messages

// source has a line "=id" for each message, in order, with "!" behind those that
// name no cause. Below it is a line for each language: its tag, a tab and phrases
// separated by "|". A phrase occurs in the message. One that begins with "~" is
// common in other texts too, so it counts only in a text about backups; one that
// begins with "^" also counts if it is all that the reader says. One that begins
// with "+" is a set of words, in any order, with commas between those of which one
// is enough. All are as normalize returns them.
const source = `=newer-ios-backup
en	~newer ios version|contains a backup from|newer version of ios|backup from newer ios|+newer ios backup
de	~neueren ios version|backup von einer neueren|~neueren ios|+neuere,neueren,neuerer ios backup
fr	~version plus recente d ios|~version plus recente|contient une sauvegarde|+recente ios sauvegarde,sauvegarder,backup
es	~version de ios mas reciente|~ios mas reciente|contiene una copia|+reciente ios copia,copias,backup,respaldo
es-419	~version mas reciente de ios|~mas reciente de ios|contiene uno guardado|+reciente ios respaldo,respaldos,respaldar,backup,copia
it	~versione piu recente di ios|~piu recente di ios|e presente un backup|+recente ios backup,copia
pt	~versao mais nova do ios|~mais nova do ios|contem um backup|+nova,novo ios backup,copia,copias
nl	~nieuwere ios versie|~nieuwere ios|bevat van een nieuwere|+nieuwere,nieuwer ios backup
ja	~より新しい ios|ios ハーションのハックアッフ|+新しい ios ハックアッフ
ko	~더 최신 ios 버전|ios 버전의 백업|+최신 ios 백업
zh-Hans	~较新 ios 版本|ios 版本的备份|+较新,新版 ios 备份
zh-Hant	~較新 ios 版本|ios 版本的備份|+較新,新版 ios 備份
ru	~более новои версии ios|~более новои версии|находится резервная копия|+новои,новее ios резервн,копия,бэкап,бекап
ar	~اصدار ios احدث|~اصدار ios|يحتوي علي نسخه|+احدث ios نسخ
tr	~daha yeni bir ios|~ios surumunun|yedeklemesini icerdigi icin|+yeni ios yedek
pl	~nowszej wersji systemu ios|~nowszej wersji|znajduje sie juz backup|+nowszej,nowsza,nowszego ios backup,kopia,kopie
=poor-network
en	poor network|network conditions|+poor,bad,weak network,networks|+poor,bad,weak internet,connection,wifi,signal backup|+backup failed network
de	netzwerkproblemen|~aufgrund von netzwerk|+schlechte,schlechtes,schlechten,schwaches netz,netzwerk,verbindung,internet backup|+netzwerkproblem,netzwerkprobleme,netzwerkproblemen backup
fr	conditions de reseau|+mauvaises,mauvaise,mauvais reseau,connexion|+conditions reseau
es	condicion deficiente de la red|~debido a la condicion|+condicion,deficiente,mala red,conexion copia,copias,backup,respaldo
es-419	condiciones de la red|no se completo el ultimo respaldo|+condiciones,mala,malas red,conexion respaldo,respaldos,respaldar,backup,copia
it	condizioni di rete|rete non ottimali|+condizioni rete|+rete,connessione scarsa,debole backup,copia
pt	desempenho da rede|~baixo desempenho|+baixo,ruim desempenho,rede,conexao backup,copia,copias
nl	slechte netwerkverbinding|~vanwege een slechte|+slechte,slecht netwerkverbinding,netwerk,verbinding
ja	~ネットワークの状態|状態かよくなかった|+ネットワーク 状態|+ネットワーク 悪い ハックアッフ
ko	~네트워크 연결 상태|~연결 상태가 좋지|+네트워크 상태|+네트워크 불안정 백업
zh-Hans	网络较差|~因为网络|+网络 差 备份|+网络 状况,不佳,不好 备份
zh-Hant	網路狀態不佳|~網路狀態|+網路 差,不佳,不好 備份
ru	плохои работы сети|~из за плохои|+плохои,плохая,плохого,слабая сети,сеть,связи,связь,интернета копия,копии,копию,резервн,бэкап,бекап
ar	احوال الشبكه|+سو الشبكه|+الشبكه ضعيفه النسخ
tr	kotu ag baglantisi|ag baglantisi nedeniyle|+kotu,zayif ag,baglanti,baglantisi,internet yedek
pl	slabej jakosci polaczenia|~polaczenia sieciowego|+slabej,slabe,slaby,zlej jakosci,polaczenie,polaczenia,sieci backup,kopia,kopii|+slabej jakosci polaczenia
=other-device-restoring
en	another device is currently restoring|restoring from this backup|~can not begin|other device is restoring|another iphone is restoring|+another,other device,iphone restoring|+another,other device restored,restore backup
de	ein anderes gerat gerade|~kann nicht gestartet werden|anderes gerat wird gerade wiederhergestellt|+anderes,anderen,andere gerat,gerate wiederherge,wiederherstell
fr	un autre appareil est en cours de restauration|~ne peut pas commencer|+autre appareil restauration,restaure
es	se esta restaurando otro dispositivo|no se puede iniciar la copia|+otro dispositivo restaurando,restauracion
es-419	se esta restaurando otro dispositivo|no se puede iniciar el respaldo|+otro dispositivo restaurando,restauracion
it	ripristino di un altro dispositivo|~non puo iniziare|+altro,altra dispositivo ripristin
pt	outro dispositivo esta sendo restaurado|~nao pode comecar|+outro dispositivo restaura
nl	wordt teruggezet op een ander apparaat|~kan niet worden gestart|+ander,andere apparaat terug,teruggezet,hersteld
ja	ほかのテハイスかこのハックアッフから復元中|~開始てきません|+ほかの,他の,別の テハイス,端末 復元
ko	다른 기기를 복원하는 중|~시작할 수 없습니다|+다른 기기 복원
zh-Hans	其他设备正在从这个备份|~无法开始|+其他,另一台,别的 设备 恢复
zh-Hant	有其他裝置正在從此備份回復|~無法啟動|+其他,另一部,別的 裝置 回復
ru	восстанавливается другое устроиство|~не удается начать|+другое,другом,другого устроиств восстан
ar	جهازا اخر قيد الاستعاده|~لا يمكن بد|+جهاز اخر استعاده
tr	baska bir aygit uzerine geri yuklendigi|~baslayamiyor|+baska,diger aygit,cihaz geri yuk
pl	inne urzadzenie jest obecnie odtwarzane|~nie mozna rozpoczac|+inne,innym,innego urzadzenie,urzadzeniu odtwarz,przywrac
=restore-unfinished
en	still restoring from an icloud backup|has not been backed up recently|not finished restoring|not finished being restored|stop restoring iphone|continue restoring|finish downloading any remaining purchases|+not finished restored,restoring,restore|+download delete remaining,purchases,media restored,restore,restoring,backup|+still restoring backed,backup|still restoring iphone|data that has not been downloaded
de	wiederherstellung noch nicht abgeschlossen|immer noch von einem icloud backup wiederhergestellt|in letzter zeit kein backup|wiederherstellung nicht abgeschlossen|wiederherstellen stoppen|+wiederherstellung nicht abgeschlossen,fertig|wiederherstellen des iphone stoppen|wiederherstellung stoppen|wiederherstellung des iphone stoppen
fr	sa restauration n est pas terminee|encore en train de restaurer|n a pas ete sauvegarde recemment|restauration pas terminee|+restauration pas terminee,finie|arreter la restauration
es	no se ha finalizado su restauracion|todavia se esta restaurando|ninguna copia de seguridad reciente|+restauracion no finalizado,terminado,finalizada|dejar de restaurar|detener la restauracion
es-419	no se finalizo su restauracion|se esta restaurando mediante|respaldo reciente|+restauracion no finalizo,termino,finalizada|dejar de restaurar|detener la restauracion
it	non ha terminato la fase di ripristino|backup di icloud e ancora in corso|~di recente|+ripristino non terminato,completato,finito|interrompere il ripristino|interrompi ripristino
pt	a restauracao nao terminou|ainda esta sendo restaurado|~recentemente|+restauracao nao terminou,terminada,concluida|parar de restaurar|interromper a restauracao
nl	nog niet alles erop is teruggezet|terugzetten van een icloud backup nog niet|er is recent geen backup|+niet alles teruggezet|+terugzetten niet voltooid,klaar|stop met terugzetten|stoppen met terugzetten
ja	復元か終了していない|今もなお復元中|最近ハックアッフされていません|+復元 終了していない,終わっていない,完了していない|復元を停止|復元を中止
ko	복원이 완료되지|복원 작업이 완료되지|복원하는 중이기 때문에 최근에|~복원을 취소|+복원 완료되지 백업|복원 중단|복원을 중단|복원 중지
zh-Hans	尚未完成恢复过程|仍在从 icloud 云备份恢复|最近没有备份|+尚未,没有,还没 完成 恢复|停止恢复
zh-Hant	尚未完成回復程序|icloud 備份中回復|最近未備份|+尚未,沒有,還沒 完成 回復|停止回復
ru	восстановления не завершен|продолжается восстановление|в последнее время не создавались|+восстановлени не завершен,завершено,закончено|остановить восстановление
ar	لم يتم استكمال استعادته|لا يزال قيد الاستعاده|~موخرا|+لم استكمال استعادت|ايقاف استعاده
tr	geri yukleme bitmedigi|geri yukleme yaptigi|yakin zamanda yedeklenmedi|+geri yukleme bitmedi,tamamlanmadi|geri yuklemeyi durdur|geri yukleme durdurulsun
pl	nie zostal do konca odtworzony|~trwa odtwarzanie|ostatnio nie tworzono backupu|+nie odtworzony,przywrocony konca,calkowicie|zatrzymac odtwarzanie|przerwac odtwarzanie
=restore-paused
en	restoring from icloud is paused|~will resume when|restore paused|restoring is paused|connect to power to restore|+restoring,restore paused
de	aus icloud wurde angehalten|~wird fortgesetzt|wiederherstellung angehalten|wiederherstellung pausiert|+wiederherstell angehalten,pausiert,unterbrochen
fr	icloud est en pause|~reprendra une fois|restauration en pause|restauration suspendue|+restauration pause
es	desde icloud esta en pausa|~se reanudara|restauracion en pausa|+restaura pausa
es-419	se pauso la restauracion|~se reanudara|restauracion en pausa|+restaura pausa,pauso
it	~messo in pausa|~riprendera quando|ripristino in pausa|+ripristino pausa
pt	icloud esta em pausa|~sera retomada|restauracao em pausa|+restaura pausa
nl	uit icloud is onderbroken|~wordt hervat|herstel gepauzeerd|+terugzetten,herstel onderbroken,gepauzeerd
ja	復元か一時停止|~再開されます|+復元 一時停止
ko	복원이 현재 일시 정지|~재개됩니다|+복원 일시 정지
zh-Hans	已暂停从 icloud 恢复|已暂停恢复|+暂停 恢复 icloud
zh-Hant	已暫停從 icloud 回復|已暫停回復|+暫停 回復 icloud
ru	восстановление из icloud приостановлено|~будет возобновлено|восстановление приостановлено|+восстановлени приостанов
ar	ايقاف الاستعاده من icloud موقت|~سيتم استينافها|+الاستعاده ايقاف,متوقفه موقت
tr	geri yukleme duraklatildi|~surdurulecek|+geri yukleme duraklat
pl	odtwarzanie z icloud zostalo wstrzymane|~zostanie wznowione|+odtwarzanie,przywracanie wstrzymane,wstrzymano
=being-restored
en	currently being restored|will automatically backup when it is done|backup options will be available|is being restored|+iphone currently restored
de	wird gerade wiederhergestellt|sobald der vorgang abgeschlossen ist|backupoptionen|+iphone wird gerade wiederhergestellt
fr	cet iphone est en cours de restauration|une fois la restauration terminee|options de sauvegarde|+iphone cours restauration
es	el iphone se esta restaurando|una vez finalizada la restauracion|opciones de copia de seguridad|+iphone esta restaurando
es-419	el iphone se esta restaurando|una vez finalizada la restauracion|opciones de respaldo|+iphone esta restaurando
it	attualmente in corso il ripristino|verra eseguito automaticamente il backup|opzioni di backup|+corso ripristino iphone|ripristino in corso
pt	este iphone esta sendo restaurado|ao terminar a restauracao|opcoes de backup|+iphone esta sendo restaurado
nl	gegevens op deze iphone teruggezet|~als dit voltooid is|backup opties|+iphone teruggezet gegevens
ja	現在復元中てす|復元か終了すると|ハックアッフオフション|+iphone 現在,今 復元中
ko	현재 이 iphone 을 복원 중|~복원이 완료되면|백업 옵션|+iphone 현재,지금 복원 중
zh-Hans	目前正在恢复此 iphone|~完成后将会自动备份|备份选项|+正在 恢复 iphone
zh-Hant	目前正在回復中|~完成後會自動備份|備份選項|+正在 回復 iphone
ru	сеичас этот iphone восстанавливается|~потом автоматически|настроики резервного копирования|+iphone восстанавливается
ar	يجري حاليا استعاده|سيتم النسخ الاحتياطي تلقاييا|خيارات النسخ الاحتياطي|+حاليا استعاده iphone
tr	su anda bu iphone uzerine geri yukleniyor|geri yukleme bittiginde|yedekleme secenekleri|+su,anda iphone geri yukleniyor
pl	po ukonczeniu jego odtwarzania|opcje tworzenia backupow|+iphone trwa,teraz odtwarzanie,odtwarzany,przywracany
=device-space
en	enough free space on this device|storage almost full|iphone storage full|iphone storage is full|phone storage is full|phone storage full|+not,is not enough space,storage device finish,backup|+not enough free device|not enough space on this device|not enough space on my iphone|not enough storage on this iphone|not enough space on this iphone|not enough storage on my iphone|+not enough space,storage free iphone,device|+not enough space,storage this,my device|+not enough room,space phone,iphone,device finish|+not enough room,space,storage phone backup
de	auf diesem gerat ist nicht genugend|speicher fast voll|iphone speicher voll|iphone speicher ist voll|auf dem gerat ist nicht genug|+gerat nicht genugend,genug,genugen frei,freier,speicher,platz|auf diesem iphone ist nicht genugend|auf dem iphone ist nicht genug|nicht genug platz auf dem iphone
fr	insuffisant sur cet appareil|stockage presque sature|stockage de l iphone sature|stockage de l iphone plein|stockage iphone plein|stockage iphone sature|+espace insuffisant appareil|pas assez d espace sur l iphone|plus d espace sur l iphone
es	espacio libre en este dispositivo|almacenamiento casi lleno|el iphone esta lleno|almacenamiento del iphone lleno|iphone sin espacio|+no suficiente espacio dispositivo|no hay espacio en el iphone
es-419	suficiente espacio en este dispositivo|almacenamiento casi lleno|se lleno el almacenamiento del iphone|almacenamiento del iphone lleno|+no suficiente espacio dispositivo|no hay espacio en el iphone|no hay suficiente espacio en el iphone
it	dispositivo non dispone di spazio|archiviazione quasi esaurito|spazio su iphone esaurito|memoria iphone piena|+dispositivo non spazio sufficiente
pt	espaco livre suficiente neste dispositivo|armazenamento quase cheio|armazenamento do iphone cheio|+espaco suficiente,insuficiente dispositivo|+armazenamento iphone cheio
nl	ruimte vrij op dit apparaat|opslagruimte bijna vol|iphone opslagruimte vol|+niet,geen genoeg,voldoende ruimte apparaat
ja	空き容量かテハイスにありません|ストレーシの空き領域かありません|iphone のストレーシかいっはい|本体の容量か足りない|本体の容量不足|+容量 テハイス,本体 ありません,足りない,不足|iphone の容量不足|iphone の容量か足りない
ko	이 기기의 사용 공간|저장 공간 거의 가득|iphone 저장 공간이 가득|+기기 공간 부족|+iphone 저장 공간 가득|iphone 용량 부족|iphone 저장 공간이 부족|iphone 저장공간 부족
zh-Hans	此设备上没有足够的可用空间|储存空间几乎已满|iphone 储存空间已满|手机空间不足|+设备,手机 空间 不足,没有足够|iphone 空间不足|iphone 储存空间不足
zh-Hant	此裝置上沒有足夠的可用空間|儲存空間幾乎已滿|iphone 儲存空間已滿|手機空間不足|+裝置,手機 空間 不足,沒有足夠|iphone 空間不足|iphone 儲存空間不足
ru	на этом устроистве недостаточно|~места почти нет|память iphone заполнена|память iphone переполнена|+устроистве недостаточно места,памяти|на этом iphone недостаточно|недостаточно места на iphone|на iphone нет места
ar	لا تتوفر مساحه خاليه كافيه|اوشك التخزين علي الامتلا|مساحه تخزين iphone ممتليه|+مساحه كافيه الجهاز|ذاكره iphone ممتليه
tr	bu aygitta yedeklemeyi|saklama alani dolmak uzere|iphone saklama alani dolu|+aygitta,cihazda yeterli,bos alan yok,degil
pl	na urzadzeniu jest za malo|pamiec prawie zapelniona|brak miejsca na iphonie|~miejsca na iphon|+urzadzeniu malo,brak miejsca|pamiec iphone pelna
=some-files-unavailable
en	files were unavailable|some files unavailable|some files are unavailable|some files were not available|+some files unavailable,available backup
de	~einige dateien|wahrend des letzten backup nicht verfugbar|einige dateien waren|einige dateien nicht verfugbar|+einige,manche dateien nicht verfugbar
fr	~certains fichiers|~n etaient pas disponibles|certains fichiers n etaient pas|+certains,fichiers pas disponibles,disponible sauvegarde,sauvegarder,backup
es	~algunos archivos|~no estaban disponibles|+algunos archivos no disponibles
es-419	~algunos archivos|~no estaban disponibles|+algunos archivos no disponibles
it	~alcuni file|~non erano disponibili|+alcuni file non disponibili
pt	~alguns arquivos|~estavam indisponiveis|+alguns arquivos indisponiveis,disponiveis
nl	~sommige bestanden|~waren niet beschikbaar|+sommige bestanden niet beschikbaar
ja	利用不可能なファイル|~利用不可能な|+ファイル 利用不可能,利用てきない,利用てきません ハックアッフ
ko	일부 파일이 백업되지|~일부 파일|+일부 파일 백업
zh-Hans	部分文件不可用|~部分文件|+部分,某些,一些 文件 不可用
zh-Hant	無法使用部分檔案|~部分檔案|+部分,某些,一些 檔案 無法使用
ru	~некоторые фаилы|~были недоступны|+некоторые фаилы недоступны
ar	لم تكن بعض الملفات متوفره|~بعض الملفات|+بعض الملفات متوفره
tr	~bazi dosyalar|~kullanilamiyordu|+bazi dosyalar kullanilam
pl	~czesc plikow|~byla niedostepna|+czesc,niektore plikow,pliki niedostepna,niedostepne
=additional-space-needed
en	~an additional|is required to backup|additional space required|+additional required backup|+more,additional gb needed,required backup|+additional space,storage backup,required,needed|+needs,need,required more gb backup
de	zusatzlicher speicherplatz|+zusatzlicher,zusatzlich,weitere speicher,speicherplatz erforderlich
fr	~vous devez disposer de|de plus pour sauvegarder|+disposer plus sauvegarder
es	~de espacio adicional|~se necesitan|+necesitan,necesita espacio adicional
es-419	~de espacio adicional|~se necesita|+necesita,necesitan espacio adicional
it	backup di questo iphone richiede|~in piu|+richiede piu backup,copia
pt	~e necessario ter mais|+necessario mais efetuar,fazer backup,copia,copias
nl	~extra vereist|extra vereist om|+extra vereist,nodig backup
ja	空き領域かあと|ハックアッフを作成するには 空き領域|+空き領域,空き容量,容量 あと 必要
ko	공간이 추가로 필요|~추가로 필요합니다|+공간 추가 필요
zh-Hans	空间才能备份|~还需|+还需,还需要 空间 备份
zh-Hant	額外空間才能備份|~還需要|+還需,還需要 空間 備份
ru	~требуется еще|памяти для резервного|+требуется,нужно еще памяти,места копия,копии,копирования,бэкап,бекап
ar	~هنالك حاجه الي|~اضافيه للنسخ|+حاجه اضافيه نسخ
tr	~daha gerekiyor|+yedeklemek,yedekleme daha gerekiyor
pl	~potrzeba dodatkowo|aby utworzyc backup tego|+potrzeba,potrzebne dodatkowo backup,kopia,kopii
=not-enough-icloud-storage
en	not enough storage|can not be backed up because|not enough space in icloud|not enough icloud|+not enough icloud|+not enough storage,space backup|not have enough space in icloud|not have enough icloud|not enough space to backup|not have enough storage to backup|^not enough space
de	auf icloud nicht genugend|konnten nicht gesichert werden|nicht genugend icloud speicher|nicht genug icloud speicher|nicht genugend speicher|kein platz in der icloud|+nicht,kein,keinen genug,genugend,platz icloud|nicht genug speicherplatz in icloud|nicht genug speicher in der icloud
fr	stockage icloud disponible est insuffisant|espace de stockage insuffisant|ne peut etre sauvegarde|espace icloud insuffisant|stockage icloud insuffisant|pas assez d espace icloud|^espace insuffisant|+stockage,espace insuffisant icloud|+pas assez espace,stockage,place icloud|pas assez d espace dans icloud|pas assez d espace sur icloud|pas assez d espace de stockage|pas suffisamment d espace
es	suficiente espacio disponible en icloud|~suficiente espacio de almacenamiento|almacenamiento insuficiente|no hay suficiente espacio en icloud|sin espacio en icloud|^espacio insuficiente|+no suficiente espacio icloud|+espacio,almacenamiento insuficiente icloud|no tienes suficiente espacio en icloud|no tienes espacio suficiente
es-419	suficiente espacio disponible en icloud|~suficiente espacio de almacenamiento|almacenamiento insuficiente|no hay suficiente espacio en icloud|suficiente espacio para hacer respaldo|^espacio insuficiente|+no suficiente espacio icloud,respaldo,respaldar,respaldos,backup,copia|no tienes suficiente espacio en icloud|no tienes espacio suficiente
it	spazio disponibile su icloud non e sufficiente|spazio icloud disponibile non e sufficiente|spazio insufficiente|impossibile eseguire il backup di iphone|memoria icloud insufficiente|spazio icloud insufficiente|+spazio,memoria icloud insufficiente|+non abbastanza,sufficiente spazio,memoria icloud|non hai abbastanza spazio su icloud|non hai spazio sufficiente su icloud
pt	nao ha armazenamento suficiente|espaco insuficiente|armazenamento insuficiente|+espaco,armazenamento insuficiente,suficiente icloud|nao tem espaco suficiente no icloud|nao ha espaco suficiente no icloud
nl	onvoldoende icloud opslagruimte|te weinig icloud opslagruimte|onvoldoende opslagruimte|niet genoeg opslagruimte|niet genoeg icloud opslag|+niet,geen genoeg,voldoende icloud|+onvoldoende icloud|niet genoeg ruimte in icloud|onvoldoende ruimte in icloud
ja	ストレーシに十分な空き領域かない|空き領域不足|ハックアッフは作成てきません|^容量不足|^容量か足りない|^容量か足りません|^空き容量かない|^空き容量不足|空き容量か足り|+icloud 容量,空き領域 不足,足り,ありません|icloud に十分な空き容量かない|icloud に十分な空き領域かない|icloud の空き容量か
ko	저장 공간이 충분하지|저장 공간이 부족|^저장공간 부족|^용량 부족|^용량이 부족|+icloud 저장 공간 부족|+icloud 공간,용량 충분하지,모자|icloud 공간이 부족
zh-Hans	储存空间不足|没有足够的储存空间|^空间不足|icloud 空间不够|储存空间不够|+icloud 空间 不足,不够|+icloud 没有足够,不足,不够 空间|icloud 没有足够
zh-Hant	儲存空間不足|^容量不足|^空間不足|icloud 空間不夠|+icloud 空間,容量 不足,不夠|+icloud 沒有足夠,不足,不夠 空間|icloud 沒有足夠
ru	в icloud недостаточно|недостаточно места|^не хватает места|недостаточно памяти в icloud|+icloud мало,нет,недостаточно,хватает места,место,памяти|в icloud не хватает места
ar	مساحه تخزين كافيه علي icloud|تخزين icloud كافي|لا يوجد تخزين كافي|+مساحه كافيه icloud|مساحه icloud غير كافيه
tr	yeterli icloud saklama alani olmadigi|yeterli saklama alani yok|^yetersiz alan|icloud yetersiz alan|icloud da yeterli alan yok|+icloud yeterli yok,olmadigi|+icloud yer yok,kalmadi,yetersiz|icloud da yeterli yer yok
pl	nie mozna bylo utworzyc backupu tego|za malo wolnego miejsca|za malo miejsca w icloud|brakuje miejsca w icloud|+malo,brakuje,wystarczajaco miejsca icloud|w icloud nie ma wystarczajacej|w icloud brakuje miejsca
=storage-details-unavailable
en	details are currently unavailable|storage details unavailable|unable to load storage info|+storage details unavailable,available
de	infos zum icloud speicher|zum icloud speicher sind derzeit|speicherinfos nicht verfugbar|+infos,informationen icloud speicher nicht verfugbar
fr	details du stockage|+details stockage pas,indisponibles disponibles,disponible
es	detalles del almacenamiento|almacenamiento en icloud no estan disponibles|+detalles almacenamiento no disponibles
es-419	detalles del almacenamiento|almacenamiento en icloud no estan disponibles|+detalles almacenamiento no disponibles
it	dettagli relativi allo spazio|spazio su icloud non sono al momento|+dettagli spazio non disponibili
pt	detalhes do armazenamento|armazenamento do icloud estao indisponiveis|+detalhes armazenamento indisponiveis,disponiveis
nl	informatie over icloud opslag|icloud opslag is op dit moment|+informatie icloud opslag niet beschikbaar
ja	ストレーシの詳細は現在利用てきません|~ストレーシの詳細|+ストレーシ 詳細 利用てきません,利用てきない
ko	저장 공간에 대한 세부사항|세부사항을 사용할 수 없습니다|+저장 공간 세부 사용할 수 없
zh-Hans	储存空间当前不可用|icloud 云储存空间当前|+储存空间 不可用
zh-Hant	無法顯示 icloud 儲存空間|~詳細資訊|+儲存空間 無法 顯示
ru	сведения об использовании хранилища|хранилища icloud сеичас недоступны|+сведения хранилища недоступны
ar	تفاصيل تخزين icloud|+تفاصيل تخزين غير متوفره
tr	saklama alani ayrintilari|ayrintilari su anda yok|+saklama alani ayrinti yok
pl	szczegoly miejsca w icloud|miejsca w icloud sa chwilowo|+szczegoly miejsca icloud niedostepne
=icloud-storage-full
en	~are no longer updating|icloud storage full|icloud storage almost full|icloud storage is almost full|icloud is full|icloud full|cloud is full|cloud storage full|storage is full|+icloud storage,space full|+icloud almost full
de	icloud speicher ist voll|~speicher ist voll|~werden nicht mehr aktualisiert|icloud speicher voll|icloud voll|icloud ist voll|+icloud speicher voll|icloud speicher ist fast voll|icloud fast voll
fr	icloud sature|~ne sont plus mis a jour|icloud plein|icloud est plein|stockage icloud presque sature|^stockage sature|+stockage icloud plein,sature|stockage icloud est presque sature|stockage icloud est presque plein|icloud presque plein
es	icloud lleno|~han dejado de actualizarse|icloud esta lleno|^almacenamiento lleno|+icloud lleno|almacenamiento de icloud esta casi lleno|icloud casi lleno
es-419	mas espacio en icloud|~ya no se estan actualizando|la nube esta llena|icloud lleno|icloud esta lleno|+icloud,nube lleno,llena,full|almacenamiento de icloud esta casi lleno|icloud casi lleno
it	icloud esaurito|~non vengono piu aggiornati|^spazio esaurito|icloud pieno|memoria icloud piena|+icloud spazio,memoria esaurito,piena|spazio icloud quasi esaurito|spazio su icloud quasi esaurito|icloud quasi pieno
pt	icloud cheio|~nao estao mais sendo atualizados|^armazenamento cheio|^espaco terminou|icloud esta cheio|+icloud cheio|armazenamento do icloud esta quase cheio|icloud quase cheio
nl	icloud opslagruimte is vol|~opslagruimte is vol|~worden niet langer bijgewerkt|icloud opslag vol|icloud opslag is vol|icloud vol|icloud is vol|icloud opslagruimte vol|^opslag vol|+icloud opslag vol|icloud opslag bijna vol|icloud opslagruimte bijna vol|icloud opslag is bijna vol|icloud bijna vol
ja	icloud ストレーシかいっはい|ストレーシかいっはいてす|~現在アッフテートされていません|icloud のストレーシかいっはい|icloud かいっはい|+icloud いっはい|icloud ストレーシの空き領域かありません|icloud ストレーシかもうすくいっはい|icloud の容量かいっはい
ko	icloud 저장 공간이 가득|~더 이상 업데이트|icloud 용량이 가득|icloud 가득|+icloud 가득|icloud 저장 공간이 거의 가득|icloud 저장 공간 거의 가득
zh-Hans	icloud 储存空间已|~不会再更新|icloud 空间已满|icloud 满了|+icloud 满|icloud 储存空间几乎已满|icloud 空间几乎已满
zh-Hant	icloud 儲存空間已|~已不再更新|icloud 空間已滿|icloud 滿了|+icloud 滿|icloud 儲存空間幾乎已滿
ru	icloud заполнено|~больше не обновляются|icloud переполнен|^хранилище заполнено|+icloud заполнен,переполнен|icloud почти заполнено|в icloud закончилось место|место в icloud закончилось
ar	icloud ممتليه|لن يتم تحديث الصور|+icloud ممتلي|تخزين icloud ممتلي|اوشك تخزين icloud علي الامتلا|اوشكت مساحه تخزين icloud علي الامتلا
tr	icloud saklama alani dol|~artik guncellenmiyor|icloud doldu|icloud dolu|+icloud dolu,doldu
pl	brak miejsca w icloud|~brak miejsca|~nie beda juz uaktualniane|icloud pelny|icloud jest pelny|+icloud pelny,pelne,zapelnione,zapelniony|miejsce w icloud prawie zapelnione|w icloud prawie brak miejsca
=airplane-mode
en	airplane mode|turn off airplane|aeroplane mode|flight mode|+airplane mode
de	flugmodus|flugmodus ausschalten
fr	mode avion|desactivez le mode avion
es	modo avion|desactiva el modo avion
es-419	modo de vuelo
it	uso in aereo
pt	modo aviao|desative o modo aviao
nl	vliegtuigmodus
ja	機内モート|機内モートをオフ
ko	에어플레인 모드|에어플레인 모드를 끄거나
zh-Hans	飞行模式|关闭飞行模式
zh-Hant	飛航模式|關閉 飛航模式
ru	авиарежим|выключите авиарежим
ar	نمط الطيران
tr	ucak modu|ucak modu nu kapatin
pl	tryb samolot
=internet-required
en	connect to the internet|~internet to enable|connect to internet to enable|+connect internet enable,backup
de	stelle eine internetverbindung her|~internetverbindung|+internetverbindung backup aktivieren
fr	connectez vous a internet|a internet pour activer|+connectez internet
es	conectate a internet|a internet para activar|+conectate internet
es-419	conectate a internet|a internet para activar|+conectate internet
it	connettiti a internet|+connettiti internet
pt	conecte se a internet|internet para ativar|+conecte internet
nl	verbinding met het internet|+verbinding internet maak
ja	インターネットに接続して|~インターネットに接続|+インターネット 接続 ハックアッフ
ko	~인터넷에 연결|인터넷에 연결하십시오|+인터넷 연결 백업
zh-Hans	接入互联网|请接入互联网|连接互联网|连接到互联网|+互联网,网络 启用,打开 备份
zh-Hant	連接 internet|連接網際網路|+internet,網際網路 啟用,開啟 備份
ru	подключите устроиству к интернету|~к интернету|подключите устроиство к интернету|+подключите интернету
ar	اتصل بالانترنت|~بالانترنت لتشغيل|+اتصل بالانترنت
tr	internete baglanin|+internete baglanin
pl	polacz sie z internetem|~z internetem|+polacz internetem
=wifi-required
en	must be connected to a wifi|connect to wifi to backup|connected to a wifi network to|+must connected wifi|+connected start backup wifi,network|+make sure connected wifi
de	zum starten eines backups|wifi verbindung benotigt|+zum starten backup wifi,netzwerk,verbindung|wifi verbindung wird benotigt
fr	connecte a un reseau wifi pour commencer|pour commencer une sauvegarde|+connecte,connecter wifi,reseau commencer sauvegarde,sauvegarder,backup
es	debes conectarte a una red|para iniciar una copia de seguridad|+conectarte wifi,red copia,copias,backup,respaldo
es-419	debes conectarte a una red|para iniciar un respaldo|+conectarte wifi,red respaldo,respaldos,respaldar,backup,copia
it	+avviare backup,copia wifi,rete,connesso
pt	e preciso conectar|para iniciar um backup|+conectar wifi,rede backup,copia,copias iniciar
nl	verbonden zijn met een wifinetwerk om|om een backup te starten|+verbonden wifi,wifinetwerk,netwerk backup
ja	ハックアッフを作成するには wifi|~ネットワークに接続する必要かあります|+ハックアッフ wifi 接続する必要
ko	백업을 시작하려면|~네트워크에 연결되어 있어야|+백업 시작 네트워크,wifi
zh-Hans	网络才能开始备份|+wifi,网络 才能 备份
zh-Hant	網路才能開始備份|+wifi,網路 才能 備份
ru	чтобы начать резервное копирование|~необходимо подключение|+начать копирование wifi,сети,подключение
ar	~يجب ان تكون متصلا|لبد النسخ الاحتياطي|+متصل wifi,شبكه نسخ
tr	yedeklemeyi baslatabilmek|~bagli olmaniz gerekir|+yedeklemeyi baslat agina,wifi
pl	aby rozpoczac tworzenie backupu|~polacz sie z siecia|+rozpoczac backupu,backup,kopii siecia,wifi
=verified-email
en	verified email|without a verified|verify your email|email is not verified|+verified email
de	bestatigte email adresse|ohne bestatigte email|+bestatigte,verifizierte email,mail adresse
fr	adresse email verifiee|sans une adresse email|+email,mail verifiee,verifie adresse
es	direccion de correo verificada|sin una direccion de correo|+correo verificada,verificado
es-419	direccion de correo verificada|sin una direccion de correo|+correo verificada,verificado
it	indirizzo email verificato|senza un indirizzo email|+indirizzo verificato email,mail
pt	endereco de email verificado|sem um endereco de email|+email,mail verificado endereco
nl	gecontroleerd e mailadres|e mailadres vereist|+gecontroleerd,geverifieerd,gecontroleerde mailadres,email,mail
ja	確認済みメールアトレス|確認済みメール|+確認済み メール
ko	확인된 이메일|이메일 주소가 없으면|+확인된 이메일
zh-Hans	验证的电子邮件|~电子邮件地址|+验证 电子邮件,邮箱 备份|+经过验证 电子邮件
zh-Hant	驗證過的電子郵件|~電子郵件地址|+驗證 電子郵件,信箱 備份|+驗證過 電子郵件
ru	без проверки адреса email|~проверки адреса|+проверки,подтвержденного адреса email,mail,почты
ar	~بدون بريد الكتروني|بريد الكتروني متحقق|+بريد الكتروني متحقق,تحقق
tr	dogrulanmis bir e posta|e posta adresi olmadan|+dogrulanmis posta
pl	zweryfikowanego adresu email|bez zweryfikowanego|+zweryfikowanego email,mail
=verify-password
en	verify your password|requires that you verify|+verify password backup|+verify icloud password
de	dein passwort bestatigt|passwort bestatigt werden|+passwort bestatig icloud,backup
fr	valider votre mot de passe|~vous devez valider|+valider mot,passe sauvegarde,icloud,sauvegarder,backup|vous devez valider votre mot
es	verifiques tu contrasena|~requiere que verifiques|+verifiques contrasena
es-419	verifiques tu contrasena|~requiere que verifiques|+verifiques contrasena
it	~verifica della password|richiede la verifica|+verifica password backup,icloud,copia
pt	~verifique sua senha|requer que voce verifique|+verifique senha
nl	controle van je wachtwoord|~wachtwoord vereist|+controle wachtwoord vereist
ja	ハスワートの確認か必要|~ハスワートの確認|+ハスワート 確認 必要
ko	암호를 확인해야|~암호를 확인|+암호 확인 백업
zh-Hans	~验证密码|~需要你验证|+验证 密码 备份,icloud
zh-Hant	~驗證密碼|~需要你驗證|+驗證 密碼 備份,icloud
ru	~проверки пароля|~требует проверки|+проверк пароля
ar	تتحقق من كلمه السر|~كلمه السر|+تتحقق,تحقق كلمه السر النسخ
tr	parolanizi dogrulamanizi|dogrulamanizi gerektiriyor|+parola dogrula
pl	zweryfikowania hasla|~wymaga zweryfikowania|+zweryfikowania hasla
=account-access
en	unable to access the account|review your account information|can not access the account|+unable access account|+can not access account
de	hat keinen zugriff auf den account|~accountinformationen|+keinen,kein zugriff account,konto
fr	ne peut pas acceder au compte|~vos donnees de compte|+peut pas acceder compte
es	no puede acceder a la cuenta|~informacion de la cuenta|+no puede acceder cuenta
es-419	no puede acceder a la cuenta|~informacion de la cuenta|+no puede acceder cuenta
it	~non puo accedere a|~informazioni dell account|+non puo accedere account
pt	ter acesso a conta|~informacoes da sua conta|+acesso conta backup,copia,copias
nl	geen toegang tot de account|~accountgegevens|+geen toegang account
ja	~にアクセスてきません|アカウント情報を確認|+アカウント アクセスてきません
ko	계정에 접근할 수 없습니다|~계정 정보를 확인|+계정 접근
zh-Hans	无法访问账户|~账户信息|+无法访问 账户,账号
zh-Hant	~無法連接账號|~账號資訊|+無法連接,無法存取 账號,账户
ru	получить доступ к учетнои записи|~учетную информацию|+доступ учетнои,аккаунту записи,аккаунту
ar	الوصول الي الحساب|~معلومات حسابك|+الوصول الحساب النسخ
tr	hesabina erisemiyor|hesap bilgilerinizi|+hesabina,hesaba erisemiyor
pl	nie ma dostepu do konta|~informacje o koncie|+dostepu konta
=new-terms
en	accept the new terms|agree to the new terms|terms and conditions|icloud terms|+accept,agree terms|+new terms icloud|+terms conditions
de	nutzungsbedingungen|geschaftsbedingungen|neue icloud bedingungen|icloud agb|neue agb|+neuen,neue bedingungen akzeptieren,zustimmen
fr	conditions generales|conditions d utilisation|+accepter nouvelles conditions
es	terminos y condiciones|nuevos terminos|condiciones nuevas|nuevas condiciones|+aceptar,acepta terminos,condiciones
es-419	terminos y condiciones|nuevos terminos|+aceptar,acepta terminos,condiciones
it	termini e condizioni|termini e le condizioni|nuovi termini|condizioni d uso|+accettare,accetta termini,condizioni
pt	termos e condicoes|novos termos|termos de uso|+aceitar,aceite termos
nl	algemene voorwaarden|nieuwe voorwaarden|+voorwaarden akkoord,accepteren,accepteer
ja	利用規約|+規約 同意
ko	이용 약관|새로운 약관|+약관 동의
zh-Hans	条款与条件|条款和条件|新条款|新的条款|+接受,同意 条款
zh-Hant	條款與約定|條款和約定|條款與條件|新的條款|+接受,同意 條款
ru	условия и положения|положения и условия|пользовательское соглашение|новые условия|+принять,примите условия
ar	الشروط والاحكام|الشروط والبنود|بنود وشروط|الشروط الجديده|+الشروط قبول,الموافقه
tr	hukum ve kosullar|sart ve kosullar|sartlar ve kosullar|kullanim kosullari|yeni kosullar|+kosullari,kosullar kabul
pl	warunki korzystania|nowe warunki|zasady i warunki|regulamin icloud|nowy regulamin|+zaakceptowac,zaakceptuj warunki,regulamin
=verification-failed
en	verification failed
de	prufung fehlgeschlagen
fr	echec de la verification
es	error de verificacion
es-419	error de verificacion
it	verifica non riuscita
pt	a verificacao falhou
nl	verificatie mislukt
ja	確認てきませんてした
ko	확인 실패
zh-Hans	验证失败
zh-Hant	驗證失敗
ru	проверка не удалась
ar	فشل التحقق
tr	dogrulanamadi
pl	blad weryfikacji
=cannot-delete-backup
en	can not delete backup|backup can not be deleted|can not delete this backup|backup is in use|unable to delete backup|+can not delete backup|+backup can not deleted
de	loschen des backups fehlgeschlagen|backup kann nicht geloscht werden|derzeit nicht geloscht werden|backup lasst sich nicht loschen|+backup nicht geloscht,loschen
fr	suppression de la sauvegarde impossible|impossible de supprimer cette sauvegarde|+impossible supprimer sauvegarde,sauvegarder,backup
es	imposible eliminar copia|no se puede eliminar esta copia|no se puede eliminar la copia|+no,imposible eliminar,borrar copia,copias,backup,respaldo
es-419	imposible eliminar respaldo|no se puede eliminar este respaldo|no se puede eliminar el respaldo|+no,imposible eliminar,borrar respaldo,respaldos,respaldar,backup,copia
it	non e possibile eliminare il backup|impossibile eliminare il backup|+impossibile,possibile eliminare,cancellare backup,copia
pt	nao e possivel apagar o backup|backup nao pode ser apagado|+nao apagar,apagado,excluir backup,copia,copias
nl	backup verwijderen niet mogelijk|backup kan niet worden verwijderd|kan nu niet worden verwijderd|+backup niet verwijderen,verwijderd
ja	ハックアッフを削除てきません|使用されているため削除てきません|ハックアッフは削除てきません|+ハックアッフ 削除てきません,削除てきない
ko	백업 삭제할 수 없음|백업을 삭제할 수 없습니다|+백업 삭제할 수 없
zh-Hans	无法删除备份|此备份不能删除|无法删除这个备份|备份无法删除|删除不了备份|+无法,不能 删除 备份
zh-Hant	無法刪除備份|無法刪除此備份|備份無法刪除|+無法,不能 刪除 備份
ru	не удается удалить резервную копию|~нельзя удалить|+нельзя,удается,удалось,могу,невозможно удалить резервн,копию,бэкап,бекап
ar	لا يمكن حذف النسخ|+يمكن,تعذر حذف نسخ
tr	yedekleme silinemiyor|~silinemiyor|+yedek silinemiyor|+yedek silinmiyor
pl	nie mozna usunac backupu|~usunac tego backupu|+mozna,moge usunac backup,kopii,kopie
=cannot-turn-off-backup
en	can not turn off backup|~can not be turned off|backups can not be turned off|+can not turn,switch off backup|+backup can not turned off
de	backup kann nicht deaktiviert werden|derzeit nicht deaktiviert|+backup,backups nicht deaktiviert,deaktivieren,ausschalten
fr	desactivation de la sauvegarde impossible|impossible de desactiver les sauvegardes|+impossible desactiver sauvegarde,sauvegarder,backup
es	imposible desactivar copia|~no se pueden desactivar|+imposible,pueden desactivar copia,copias,backup,respaldo
es-419	imposible desactivar respaldo|~no se pueden desactivar|+imposible,pueden desactivar respaldo,respaldos,respaldar,backup,copia
it	non e possibile disattivare il backup|impossibile disattivare i backup|+impossibile,possibile disattivare backup,copia
pt	nao e possivel desativar o backup|~nao podem ser desativados|+nao desativar,desativados backup,copia,copias
nl	backup uitschakelen niet mogelijk|kunnen nu niet worden uitgeschakeld|+backup uitschakelen,uitgeschakeld mogelijk,niet
ja	ハックアッフをオフにてきません|~オフにてきません|+ハックアッフ オフにてきません,オフにてきない
ko	백업 끌 수 없음|백업 끌 수|백업을 끌 수 없습니다|+백업 끌 수 없
zh-Hans	无法关闭备份|~无法关闭|备份无法关闭|+无法 关闭 备份
zh-Hant	無法關閉備份|~無法關閉|備份無法關閉|+無法 關閉 備份
ru	не удается отключить резервную копию|~отключить резервную|~отключить резервное копирование для|+удается,удалось,нельзя отключить резервн,копирование,бэкап,бекап
ar	لا يمكن ايقاف النسخ|+يمكن ايقاف النسخ
tr	yedekleme kapatilamiyor|~kapatilamiyor|+yedek kapatilamiyor
pl	nie mozna wylaczyc backupow|~wylaczyc backupow|nie mozna w tej chwili wylaczyc|+mozna wylaczyc backup,backupow,kopii
=cellular-question
en	~using cellular data|exceed your data plan|backup over cellular data|backup using mobile data|+backup use,using cellular,mobile data
de	backup mit mobilen daten|~mit mobilen daten|~deinen datentarif|+backup mobilen daten
fr	via les donnees cellulaires|+sauvegarder donnees cellulaires
es	copia de seguridad con los datos moviles|~los datos moviles|podrias superar los datos|+copia,copias,backup,respaldo datos moviles
es-419	respaldar mediante datos celulares|~mediante datos celulares|+respaldar,respaldo,respaldos,backup,copia datos celulares
it	backup usando i dati cellulare|~i dati cellulare|potresti superare il limite|+backup,copia dati cellulare,cellulari
pt	fazer backup via rede celular|~via rede celular|podera exceder seu plano|+backup,copia,copias rede,dados celular
nl	backup via mobiele data|~via mobiele data|+backup mobiele data,datta|+backup mobiele
ja	モハイルテータ通信を使用して|テータフランを超過|+モハイルテータ通信 ハックアッフ
ko	셀룰러 데이터를 사용하여 백업|셀룰러 데이터를 사용|+셀룰러 데이터 백업
zh-Hans	使用蜂窝数据备份|蜂窝数据备份|+蜂窝数据,流量 备份
zh-Hant	使用行動數據備份|行動數據備份|+行動數據,行動網路 備份
ru	копии по сотовои сети|~по сотовои сети|+сотовои сети копии,копию,копия,копирование,бэкап,бекап
ar	باستخدام البيانات الخلويه|قد تتجاوز حد باقه|+البيانات الخلويه النسخ
tr	hucresel veriyi kullanarak|~hucresel veri|+hucresel veri yedek
pl	backupy przez siec komorkowa|~przez siec komorkowa|mozesz przekroczyc limit|+siec komorkowa backup,backupy,kopia,kopie
=late-backup
en	since the last backup|not backed up in weeks|not been backed up in weeks|not backed up for weeks|not backed up in days|weeks since last backup|days since last backup|+weeks,days since last backup|+weeks,days not backed backup,up|not been backed up for days|not been backed up for weeks|not been backed up in days|not been backed up in months|not been backed up for months|not backed up for days|not backed up for months|no backup for weeks|no backup in weeks|no backup for days|no backup in days|no backup for months|+no backup weeks,days,months|+not backed,backing weeks,days,months
de	das letzte mal ein backup|seit wochen kein backup|seit wochen nicht gesichert|seit tagen kein backup|+wochen,tagen kein,letzte,letztes,nicht backup,gesichert|seit wochen wurde kein backup|seit tagen wurde kein backup|+seit wochen,tagen,monaten kein,nicht backup,gesichert
fr	derniere sauvegarde de cet iphone|~remonte a|pas de sauvegarde depuis des semaines|+derniere sauvegarde,sauvegarder,backup semaines,jours|+pas sauvegarde,sauvegarder,backup depuis semaines,jours|+pas,plus sauvegarde,sauvegarder,backup semaines,jours,mois
es	que no se realiza una copia de seguridad|dias que no se realiza|+semanas,dias no copia,copias,backup,respaldo|+semanas,meses,dias sin,no copia,copias,backup,respaldo
es-419	se respaldo este iphone|~por ultima vez|+semanas,dias respaldo,respaldos,respaldar,backup,copia ultima,ultimo,no|+semanas,meses,dias sin,no respaldo,respaldado,respalda,respaldos,respaldar,backup,copia
it	~settimane fa|~giorni fa|+ultimo backup,copia settimane,giorni|+settimane,giorni nessun,non backup,copia|+settimane,giorni,mesi non,nessun backup,copia
pt	ultimo backup deste iphone ocorreu|~ocorreu ha|+ultimo backup,copia,copias semanas,dias|+nao,sem backup,copia,copias semanas,dias,meses
nl	weken geen backup gemaakt|dagen geen backup gemaakt|al weken geen backup|+weken,dagen geen,laatste backup|+weken,dagen,maanden geen,niet backup
ja	最後のハックアッフ作成から|~週間経ちます|~日間経ちます|+最後 ハックアッフ 週間,日間|週間ハックアッフされて|日間ハックアッフされて|週間もハックアッフ|何週間もハックアッフ
ko	마지막으로 백업된 지|~주가 지났습니다|~일이 지났습니다|+마지막 백업 지났|+백업 주가,주 지났|주 동안 백업|일 동안 백업|주째 백업|주 넘게 백업
zh-Hans	上次备份是在|~周前|~天前|+上次备份 周前,天前|几周没有备份|好久没有备份|周没有备份|周未备份|天没有备份|天未备份|个月没有备份|星期没有备份
zh-Hant	上次進行備份是|~週前|~天前|+上次 備份 週前,天前|幾週沒有備份|週沒有備份|週未備份|天沒有備份|天未備份|個月沒有備份|星期沒有備份
ru	нед резервные копии|дн резервные копии|+недели,недель,нед,днеи копия,копии,резервн,бэкап,бекап не,последняя|+недели,недель,неделю,днеи,месяц не,нет копия,копии,создавалась,резервн,бэкап,бекап
ar	اسبوع يحدث النسخ|يوم يحدث النسخ|+اخر نسخ اسبوع,اسابيع,يوم|+منذ اسابيع,ايام,اسبوع نسخ
tr	hafta once yedeklendi|gun once yedeklendi|+hafta,gun once yedeklendi|haftadir yedeklenmedi|gundur yedeklenmedi|haftadir yedekleme|+haftadir,gundur,aydir yedek
pl	dni nie tworzono backupu|+tygodni,dni nie,ostatni backup,backupu,kopii|+tygodni,tygodnie,dni,miesiaca brak,nie,bez backup,backupu,kopii
=never-backed-up
en	iphone not backed up|has not been backed up|not been backed up|iphone is not backed up|never backed up|never been backed up|last backup never|+iphone not backed up
de	iphone ohne backup|wurde kein backup erstellt|iphone wird nicht gesichert|noch nie gesichert|iphone nicht gesichert
fr	iphone non sauvegarde|n ont pas ete sauvegardees|iphone jamais sauvegarde|+iphone non,jamais sauvegarde|iphone pas sauvegarde|iphone n est pas sauvegarde
es	no se ha realizado ninguna copia|iphone sin copia|+iphone sin copia,copias,backup,respaldo
es-419	iphone sin respaldo|no se ha respaldado|+iphone sin respaldo,respaldos,respaldar,backup,copia
it	nessun backup di iphone|~non e stato eseguito|nessun backup dell iphone|+nessun backup,copia iphone
pt	nao tem um backup|nao teve nenhum backup|iphone sem backup|iphone sem copia de seguranca|+iphone nao tem backup,copia,copias
nl	geen iphone backup|is geen backup gemaakt|geen backup van iphone|+geen iphone backup
ja	ハックアッフ未作成|ハックアッフか作成されていません|iphone かハックアッフされていません|+iphone ハックアッフ 未作成
ko	iphone 백업 안 됨|백업되지 않았습니다|iphone 백업되지 않음|+iphone 백업 안 됨
zh-Hans	尚未备份|iphone 尚未备份|从未备份|没有备份过|+iphone 尚未,从未,未 备份
zh-Hant	尚未進行備份|iphone 尚未進行備份|從未備份|+iphone 尚未,從未,未 備份
ru	нет резервнои копии iphone|~пока не создавались|нет копии iphone|+нет резервн,бэкап,бекап iphone
ar	لم يتم نسخ احتياطي|لم يتم اجرا نسخ احتياطي لهذا|لم يتم النسخ الاحتياطي|+لم يتم نسخ iphone
tr	iphone yedeklenmemis|yedeklenmedi yedeklemeler|iphone yedeklenmedi|+iphone yedeklenmemis,yedeklenmedi
pl	backup iphone a nie utworzony|nie utworzono backupu|iphone bez backupu|brak backup iphone|+backup iphone nie utworzony
=will-occur-later
en	backup will occur later|will occur later when connected|+backup occur later
de	icloud backup erfolgt spater|~erfolgt spater|+backup erfolgt spater
fr	~aura lieu plus tard|~plus tard lorsque|+sauvegarde,sauvegarder,backup lieu plus tard
es	~se realizara mas adelante|~mas adelante|~se realizara mas tarde|+copia,copias,backup,respaldo realizara adelante,tarde
es-419	se respaldara en icloud|+respaldara icloud conectado
it	~verra eseguito in seguito|~in seguito quando|backup verra eseguito in seguito
pt	~ocorrera mais tarde|~mais tarde quando|+backup,copia,copias ocorrera tarde
nl	er wordt later een icloud backup|~wordt later een|+later backup gemaakt
ja	かつ wifi に接続しているときに作成されます|icloud ハックアッフは電源に接続され|+電源 ロック wifi ハックアッフ 作成
ko	~나중에 전원|때 icloud 백업이 실행|+나중에 전원 백업
zh-Hans	icloud 云备份将在|接入电源 锁定|+电源 锁定 备份
zh-Hant	連接 wifi 後才開始|icloud 備份 會在|+電源 鎖定 備份
ru	~начнется позже|начнется позже когда|+копирование начнется позже
ar	يحدث النسخ الاحتياطي علي icloud|+يحدث النسخ عندما
tr	icloud yedekleme guc kaynagina|guc kaynagina baglandiginda kilitlendiginde|+yedek guc,kaynagina kilitlendiginde,baglandiginda
pl	zostanie utworzony pozniej|~pozniej gdy|+backup,kopia utworzony,utworzona pozniej
=backup-off
en	backup is off|not being backed up to icloud|turn this on in icloud settings|icloud backup is turned off|icloud backup is switched off|icloud backup is disabled|icloud backup off|+icloud backup turned,switched off
de	backup ist deaktiviert|icloud backup deaktiviert|icloud backup ist aus|icloud backup ausgeschaltet|+icloud backup deaktiviert,ausgeschaltet
fr	icloud desactivee|+sauvegarde,sauvegarder,backup icloud desactivee
es	en icloud desactivada|+copia,copias,backup,respaldo icloud desactivada
es-419	icloud desactivado|+respaldo,respaldos,respaldar,backup,copia icloud desactivado
it	icloud non attivo|backup icloud disattivato|+backup,copia icloud disattivato|+backup,copia icloud non attivo
pt	o backup do icloud esta desativado|backup do icloud desativado|+backup,copia,copias icloud desativado
nl	backup is uitgeschakeld|icloud backup is uitgeschakeld|icloud backup staat uit|+icloud backup uitgeschakeld
ja	icloud ハックアッフかオフ|ハックアッフかオフてす|+icloud ハックアッフ オフ てす,なって
ko	icloud 백업이 꺼져|백업이 꺼져 있음|+icloud 백업 꺼져
zh-Hans	icloud 云备份已关闭|云备份已关闭|icloud 备份已关闭|+icloud 备份 已关闭
zh-Hant	已關閉 icloud 備份|icloud 備份已關閉|+icloud 備份 已關閉
ru	в icloud выключено|+копирование icloud выключено,отключено
ar	icloud متوقف|+النسخ icloud متوقف
tr	yedekleme kapali|+icloud yedek kapali
pl	icloud jest wylaczony|+backup,kopia icloud wylaczony,wylaczona
=backup-not-supported
en	backup not supported|+backup not supported
de	backup nicht unterstutzt|+backup nicht unterstutzt
fr	sauvegarde non geree
es	incompatible con copia de seguridad
es-419	respaldo incompatible
it	backup non supportato
pt	incompatibilidade para backup
nl	backup niet ondersteund
ja	ハックアッフには対応していません
ko	백업이 지원되지
zh-Hans	不支持备份
zh-Hant	不支援備份
ru	копирование не поддерживается
ar	النسخ الاحتياطي غير مدعوم
tr	yedekleme desteklenmiyor
pl	backup nieobslugiwany
=problem-enabling!
en	problem enabling icloud backup|icloud backup failed|+problem enabling backup|+problem turning on backup
de	aktivieren des icloud backups ist ein problem|icloud backup fehlgeschlagen|+aktivieren backup problem
fr	activation de la sauvegarde icloud a echoue|echec de la sauvegarde icloud|+activation sauvegarde,sauvegarder,backup echoue
es	un problema al activar la copia|error de copia en icloud|+problema activar copia,copias,backup,respaldo
es-419	un problema al activar el respaldo|error de respaldo en icloud|+problema activar respaldo,respaldos,respaldar,backup,copia
it	problema durante l abilitazione|backup di icloud non riuscito|backup icloud non riuscito|+problema abilitazione,attivazione,attivare backup,copia
pt	problema ao ativar o backup|backup do icloud falhou|copia de seguranca em icloud falhou|+problema ativar backup,copia,copias
nl	probleem met het inschakelen|icloud backup mislukt|+probleem inschakelen backup
ja	有効化中に問題|icloud ハックアッフに失敗|+ハックアッフ 有効化,オン 問題
ko	활성화하는 데 문제|icloud 백업 실패|+백업 활성화 문제
zh-Hans	~时发生问题|icloud 云备份失败|icloud 备份失败|+启用,打开 备份 问题
zh-Hant	啟用 icloud 備份時發生問題|icloud 備份失敗|+啟用,開啟 備份 問題
ru	проблема при включении|сбои резервного копирования|+проблема включении копирован
ar	حدثت مشكله اثنا تمكين|فشل النسخ الاحتياطي|+مشكله تمكين النسخ
tr	etkinlestirmeyle ilgili bir sorun|icloud yedekleme basarisiz|+yedekleme etkinlestir sorun
pl	problem z wlaczaniem backupu|blad backupu|+problem wlaczaniem backupu,backup
=cannot-connect-icloud!
en	can not connect to icloud|unknown error|could not connect to icloud|unable to connect to icloud|connect to icloud failed|error connecting to icloud|+can not connect icloud|+unknown error icloud,backup,occurred|+problem,error,trouble connecting icloud
de	verbindung zu icloud nicht moglich|unbekannter fehler|keine verbindung zu icloud|+verbindung icloud nicht,fehlgeschlagen
fr	connexion a icloud impossible|erreur inconnue|impossible de se connecter a icloud|+connexion icloud impossible
es	imposible conectarse a icloud|error desconocido|+imposible,puede conectar,conectarse icloud
es-419	imposible conectarse a icloud|error desconocido|+imposible,puede conectar,conectarse icloud
it	impossibile connettersi a icloud|errore sconosciuto|+impossibile connettersi,collegarsi icloud
pt	nao e possivel conectar ao icloud|erro desconhecido|+nao conectar icloud
nl	verbinding met icloud mislukt|onbekende fout|kan geen verbinding maken met icloud|+verbinding icloud mislukt,geen
ja	icloud に接続てきません|原因不明のエラー|+icloud 接続てきません,接続てきない
ko	icloud 에 연결할 수 없음|알 수 없는 오류|+icloud 연결 수 없
zh-Hans	无法连接 icloud|未知错误|无法连接到 icloud|连接 icloud 失败|+无法 连接 icloud
zh-Hant	無法連接 icloud|未知的錯誤|無法連接到 icloud|無法連線到 icloud|+無法 連接,連線 icloud
ru	сбои подключения к icloud|неизвестная ошибка|не удается подключиться к icloud|+подключиться,подключения icloud сбои,удается,ошибка
ar	لا يمكن الاتصال ب icloud|خطا غير معروف|+يمكن,تعذر الاتصال icloud
tr	icloud a baglanamiyor|bilinmeyen bir hata|+icloud baglanamiyor,baglanilamiyor
pl	nie mozna polaczyc sie z icloud|nieznany blad|+mozna polaczyc icloud
=estimating!
en	estimating time remaining|backing up …|backup in progress|turning on backup …|minute remaining|minutes remaining|stuck at minute|stuck on minute|stuck at one minute|stuck on one minute|backup takes forever|backup taking forever|backing up forever|backup is stuck|backup stuck|stuck on backing up|+estimating time|+estimating remaining|+stuck estimating|+backup stuck minute,minutes,hours,percent|+backup takes,taking forever|+backup taking hours,ages|^takes forever
de	verbleibende zeit berechnen|backup erstellen …|icloud backup wird erstellt|restzeit wird berechnet|backup hangt|backup dauert ewig|+verbleibende zeit|+backup hangt,dauert ewig,stunden|^dauert ewig
fr	estimation du temps restant|sauvegarde en cours|sauvegarde icloud en cours|sauvegarde bloquee|sauvegarde interminable|+estimation temps restant|+sauvegarde,sauvegarder,backup bloquee
es	calculando tiempo restante|realizando copia de seguridad|icloud en curso|se queda calculando|copia se queda pillada|+calculando tiempo restante|+copia,copias,backup,respaldo atascada,pillada,bloqueada
es-419	calculando tiempo restante|realizando respaldo|se esta respaldando|respaldo se queda en|respaldo atorado|+calculando tiempo restante|+respaldo,respaldos,respaldar,backup,copia atorado,trabado,atascado
it	calcolo tempo rimanente|eseguo backup|backup di icloud in corso|backup bloccato|+calcolo tempo rimanente|+backup,copia bloccato
pt	estimando o tempo restante|fazendo backup|backup do icloud em andamento|backup travado|backup travou|+estimando tempo restante|+backup,copia,copias travado,travou
nl	resterende tijd berekenen|backup maken …|~wordt aangemaakt|backup blijft hangen|+resterende tijd|+backup blijft hangen
ja	残り時間を計算中|ハックアッフを作成中|ハックアッフの実行中|ハックアッフか終わらない|ハックアッフか進まない|ハックアッフに時間かかかる|+残り時間 計算
ko	남은 시간 계산 중|백업 중 …|백업 진행 중|백업 멈춤|백업이 멈|백업이 안 끝나|+남은 시간 계산
zh-Hans	正在估算剩余时间|正在备份|正在进行 icloud 云备份|备份一直卡住|备份卡住|^一直卡住|+估算 剩余 时间|+备份 卡住,卡在
zh-Hant	正在估計剩餘時間|備份中 …|正在進行 icloud 備份|備份卡住|備份卡在|+估計 剩餘 時間|+備份 卡住,卡在
ru	подсчет оставшегося времени|создание копии …|идет создание резервнои копии|копирование зависло|+оставшегося времени|+копирование,копия,бэкап,бекап зависло,зависла
ar	جاري تقدير الوقت|جاري النسخ الاحتياطي|~قيد التقدم|+تقدير الوقت المتبقي
tr	kalan sure hesaplaniyor|yedekleniyor …|icloud yedekleme suruyor|yedekleme takildi|+kalan sure hesaplaniyor|+yedekleme takildi
pl	szacuje pozostaly czas|tworze backup|trwa tworzenie backupu|backup sie zawiesza|backup sie zawiesil|+pozostaly czas szacuje|+backup zawiesza,zawiesil
=last-backup-not-completed!
en	~could not be completed|last backup did not complete|backup could not be completed|backup was not completed|+last backup not completed,complete
de	backup konnte nicht abgeschlossen|+letzte,letztes backup nicht abgeschlossen
fr	n a pas pu etre achevee|+derniere sauvegarde,sauvegarder,backup pas achevee,terminee,aboutie
es	completar la ultima copia de seguridad|~no se ha podido completar|+no completar,completado ultima copia,copias,backup,respaldo
es-419	completar el ultimo respaldo|~no se pudo completar|+no completar,completado ultimo respaldo,respaldos,respaldar,backup,copia
it	completare l ultimo backup|~non e stato possibile completare|+ultimo backup,copia non completare,completato|+ultimo backup,copia possibile,puo,stato completare,completato
pt	backup nao pode ser concluido|+ultimo backup,copia,copias nao concluido
nl	voltooien van de laatste backup|backup is mislukt|laatste backup kon niet worden voltooid|+laatste backup mislukt,voltooid,voltooien|laatste backup mislukt|laatste backup is mislukt
ja	最後に行ったハックアッフ|~完了てきませんてした|+ハックアッフ 完了てきません
ko	최근 백업을 완료하지 못했습니다|~완료하지 못했습니다|+최근 백업 완료하지
zh-Hans	无法完成上次备份|完成上次备份|+无法完成 备份|上次备份无法完成|上次备份未完成
zh-Hant	上次備份無法完成|備份無法完成|+無法完成 備份|上次備份未完成
ru	завершить создание последнеи резервнои копии|~не удалось завершить|+завершить,завершено последнеи,последнее резервн,копии,копирование,бэкап,бекап
ar	تعذر اكمال اخر عمليه نسخ احتياطي|~تعذر اكمال اخر|+تعذر اكمال نسخ
tr	yedekleme tamamlanamadi|+son yedekleme tamamlanamadi
pl	ukonczyc ostatniego tworzenia backupu|nie mozna bylo ukonczyc|+ukonczyc,ukonczono ostatniego,ostatni backup,backupu,kopii
=backup-failed!
en	backup failed|backup keeps failing|backup fails|backup failure|backup error|iphone can not be backed up|will not backup|does not backup|not backing up|backup not working|backup does not work|backup is not working|+backup failed|+iphone phone failed backup|^keeps failing
de	backup fehlgeschlagen|backup geht nicht|backup funktioniert nicht|macht kein backup mehr|backup bricht ab|+backup fehlgeschlagen|+backup bricht ab|+backup nicht funktioniert,geht
fr	sauvegarde iphone en echec|sauvegarde a echoue|echec de la sauvegarde|ne se sauvegarde plus|impossible de sauvegarder|sauvegarde ne fonctionne pas|+sauvegarde,sauvegarder,backup echoue,echec
es	copia de seguridad ha fallado|error de copia de seguridad|fallo la copia|no hace copia de seguridad|no se hace la copia|+copia,copias,backup,respaldo falla,fallado,fallo,fallida|+error copia,copias,backup,respaldo seguridad|error al hacer la copia|error al crear la copia
es-419	fallo el respaldo|error de respaldo|no puede respaldar|no se puede respaldar|respaldo fallo|+respaldo,respaldos,respaldar,backup,copia fallo,fallado,falla,fallido
it	backup iphone non riuscito|backup non riuscito|backup fallito|non esegue il backup|non fa piu il backup|+backup,copia non riuscito|+backup,copia fallito
pt	backup falhou|backup do iphone falhou|falha no backup|nao faz backup|copia de seguranca falhou|copias de seguranca falham|+backup,copia,copias falhou,falha
nl	backup mislukt|backup lukt niet|+backup mislukt,mislukte|+backup lukt niet
ja	iphone ハックアッフに失敗|ハックアッフに失敗|ハックアッフ失敗|ハックアッフてきない|ハックアッフてきません|ハックアッフか取れない|+ハックアッフ 失敗
ko	iphone 백업 실패|백업 실패|백업에 실패|백업 안됨|백업이 안 됩니다|백업이 안돼|+백업 실패|백업할 수 없|백업을 할 수 없
zh-Hans	iphone 备份失败|备份失败|无法备份|备份不了|不能备份|+备份 失败
zh-Hant	iphone 備份失敗|備份失敗|無法備份|備份不了|+備份 失敗
ru	не создается копия|не удалось создать резервную копию|не создается резервная копия|ошибка резервного копирования|резервное копирование не работает|бэкап не работает|+удалось создать резервн,копию,бэкап,бекап|+ошибка,сбои копирован
ar	فشل النسخ|فشل نسخ|فشلت عمليه النسخ|+فشل نسخ|+فشلت نسخ|فشل النسخ الاحتياطي لل iphone|فشل نسخ iphone
tr	yedekleme basarisiz|yedekleme yapmiyor|iphone yedeklenemedi|iphone yedeklenemiyor|+yedekleme basarisiz|iphone yedeklemesi basarisiz
pl	backup nie powiodl sie|backup nie powiodla|backup nie dziala|backup iphone a nie powiodl|blad backup|nie udalo sie utworzyc kopii|+backup,kopia nie powiodl,powiodla,udal,udala`
